#include "gateway/whole_body.h"

#include "base/text.h"
#include "json/scan.h"

namespace ogem::gateway {

Task<Result<std::string>> whole_body(net::Transfer& transfer, std::size_t limit) {
    std::string body;
    while (true) {
        auto piece = co_await transfer.read();
        if (!piece) co_return fail_as(piece);
        if (piece->empty()) break;
        if (body.size() + piece->size() > limit)
            co_return fail(Kind::upstream, cat("the answer is larger than ", limit, " bytes"));
        body.reserve(body.size() + piece->size() + json::kPadding);
        body.append(*piece);
    }
    body.reserve(body.size() + json::kPadding);
    co_return body;
}

}  // namespace ogem::gateway
