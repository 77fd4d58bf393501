// The signed statement (JWT, RFC 7523) by which a service account asks for a token.
#pragma once

#include "auth/google/credentials.h"

#include <cstdint>

namespace ogem::auth::google {

// What our tokens are for: everything of Google Cloud that the account may do.
inline constexpr std::string_view kScope = "https://www.googleapis.com/auth/cloud-platform";

// How far a statement's beginning lies in the past, against clocks that differ.
inline constexpr std::int64_t kBackdated = 30;  // seconds
// How long it is good for. Google refuses more than an hour.
inline constexpr std::int64_t kGoodFor = 3600;  // seconds

// HEADER.CLAIMS.SIGNATURE, signed with RS256 at `now` (seconds since 1970). Good for a token until
// it ends, so as secret as the key. Errors: invalid: the key cannot sign.
Result<Secret> assertion_of(const ServiceAccount& account, std::int64_t now);

}  // namespace ogem::auth::google
