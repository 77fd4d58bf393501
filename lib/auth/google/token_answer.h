// What a token endpoint answers, in full and believed in nothing: tokens, refusals, and whether it
// is worth asking again.
#pragma once

#include "auth/google/token_request.h"
#include "base/clock.h"
#include "wire/http.h"

#include <expected>
#include <string>

namespace ogem::auth::google {

// A longer answer than this is no token.
inline constexpr std::size_t kLongestAnswer = 64 << 10;  // bytes

struct Token {
    Secret text;           // visible ASCII without spaces: fits in a header line
    Duration lifetime{0};  // from when it was asked for
    Secret refresh_token;  // instead of the one that was used; empty: that one stays
};

struct Failure {
    Error error;            // names the credentials and the endpoint, and says what to do
    bool may_pass = false;  // the same request may work a little later
};
using TokenResult = std::expected<Token, Failure>;

// Kinds of Failure::error: unauthorized, where a human has to do something; upstream.
TokenResult read_token_answer(const Credentials& credentials, const TokenRequest& request,
                              int status, const wire::Headers& headers, std::string body);

// The project that the metadata server names. Errors: upstream.
Result<std::string> read_project_answer(const MetadataServer& server, int status,
                                        const wire::Headers& headers, std::string_view body);

}  // namespace ogem::auth::google
