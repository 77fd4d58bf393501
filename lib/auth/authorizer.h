// How requests to one provider say who they come from: a key that never changes, or the tokens of
// a Google identity. One of each worker; cheap to copy.
#pragma once

#include "auth/token_source.h"

#include <memory>
#include <string_view>

namespace ogem::auth {

class Authorizer {
public:
    // "HEADER: SCHEME KEY" on each request: ("Authorization", "Bearer", key), ("x-api-key", "",
    // key). Errors: invalid: the key is empty or would not fit in a header line.
    static Result<Authorizer> of_key(std::string_view header, std::string_view scheme,
                                     const Secret& key);
    static Authorizer of_tokens(std::shared_ptr<TokenSource> source);

    // See TokenSource. A key is there at once.
    Task<Result<Authorization>> authorization(TimePoint deadline) const;

    // After a 401: whether asking again can help. Never with a key.
    bool refused(const Authorization& used) const { return source_ && source_->refused(used); }

private:
    Authorizer(Authorization fixed, std::shared_ptr<TokenSource> source)
        : fixed_(std::move(fixed)), source_(std::move(source)) {}

    Authorization fixed_;
    std::shared_ptr<TokenSource> source_;  // null: fixed_ is it
};

}  // namespace ogem::auth
