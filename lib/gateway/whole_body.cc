#include "gateway/whole_body.h"

#include "base/text.h"
#include "json/scan.h"

namespace ogem::gateway {

Task<Result<std::string_view>> whole_body(net::Transfer& transfer, std::size_t limit,
                                          std::string& store, net::MemoryShare& memory) {
    while (true) {
        auto piece = co_await transfer.read();
        if (!piece) co_return fail_as(piece);
        const auto size = store.size() + piece->size();
        if (size > limit)
            co_return fail(Kind::upstream, cat("the answer is larger than ", limit, " bytes"));
        if (!memory.try_set(3 * size)) co_return no_room();
        if (store.empty() && transfer.ended()) co_return *piece;
        store.append(*piece);
        if (piece->empty() || transfer.ended()) break;
    }
    json::reserve_padding(store);
    co_return std::string_view(store);
}

std::unexpected<Error> no_room() {
    return fail(Error{Kind::overloaded,
                      "the answer needs more than other requests leave of memory_limit; send this "
                      "one again in a moment, or raise the limit",
                      0, 1s});
}

}  // namespace ogem::gateway
