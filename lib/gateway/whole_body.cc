#include "gateway/whole_body.h"

#include "base/text.h"
#include "json/scan.h"

namespace ogem::gateway {

Task<Result<std::string>> whole_body(net::Transfer& transfer, std::size_t limit,
                                     net::MemoryShare& memory) {
    std::string body;
    while (true) {
        auto piece = co_await transfer.read();
        if (!piece) co_return fail_as(piece);
        if (piece->empty()) break;
        if (body.size() + piece->size() > limit)
            co_return fail(Kind::upstream, cat("the answer is larger than ", limit, " bytes"));
        body.reserve(body.size() + piece->size() + json::kPadding);
        body.append(*piece);
        if (!memory.try_set(3 * body.size())) co_return no_room();
    }
    body.reserve(body.size() + json::kPadding);
    co_return body;
}

std::unexpected<Error> no_room() {
    return fail(Error{Kind::overloaded,
                      "the answer needs more than other requests leave of memory_limit; send this "
                      "one again in a moment, or raise the limit",
                      0, 1s});
}

}  // namespace ogem::gateway
