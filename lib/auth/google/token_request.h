// The HTTP requests by which credentials become a token.
#pragma once

#include "auth/google/credentials.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ogem::auth::google {

struct TokenRequest {
    wire::Url url;
    std::string head;  // complete, blank line included
    std::string body;  // as secret as `secrets`, which are in it
    std::vector<Secret> secrets;
};

// Asks for a token at `now` (seconds since 1970): a signed statement (RFC 7523 section 2.1), a
// user's refresh token (RFC 6749 section 6), or a question to the metadata server. Errors: invalid.
Result<TokenRequest> token_request(const Credentials& credentials, std::int64_t now);

// Asks the metadata server which project this machine belongs to.
TokenRequest project_request(const MetadataServer& server);

}  // namespace ogem::auth::google
