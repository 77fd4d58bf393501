#include "auth/authorizer.h"

#include "base/text.h"

#include <algorithm>

namespace ogem::auth {

Result<Authorizer> Authorizer::of_key(std::string_view header, std::string_view scheme,
                                      const Secret& key) {
    const auto& text = key.reveal();
    if (text.empty()) return fail(Kind::invalid, "the key is empty");
    if (std::ranges::any_of(text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; }))
        return fail(Kind::invalid, "the key holds a line end");
    auto lines = cat(header, ": ", scheme, scheme.empty() ? "" : " ", text, "\r\n");
    return Authorizer({Secret(std::move(lines)), 0}, nullptr);
}

Authorizer Authorizer::of_tokens(std::shared_ptr<TokenSource> source) {
    return {{Secret(), 0}, std::move(source)};
}

Task<Result<Authorization>> Authorizer::authorization(TimePoint deadline) const {
    if (!source_) co_return fixed_;
    auto task = source_->authorization(deadline);
    auto result = co_await task;
    co_return result;
}

}  // namespace ogem::auth
