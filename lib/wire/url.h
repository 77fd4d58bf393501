// URLs of providers and of configurations.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace ogem::wire {

// An absolute http or https URL, taken apart.
struct Url {
    bool tls = false;
    std::string host;  // lower case, without brackets
    unsigned short port = 0;
    std::string path;  // "" or "/v1", without a trailing slash; query included where there was one

    // For the Host header: "[::1]:8080"; the port is left out where it is the scheme's own.
    std::string authority() const;
    bool operator==(const Url&) const = default;
};

// Errors: invalid, for anything but http(s)://HOST[:PORT][/PATH]: user names and passwords inside,
// fragments, spaces and control characters are refused.
Result<Url> parse_url(std::string_view text);

// "%2F" undone; malformed escapes stay as they are.
std::string percent_decoded(std::string_view text);

// Everything but letters, digits and -._~ as "%2F": fits in a path segment, a query and a form.
std::string percent_encoded(std::string_view text);

// The value of `name` in the query of `target` ("/v1/models?vendor=x"), decoded ('+' is a space),
// or "". The first one counts.
std::string query_value(std::string_view target, std::string_view name);

}  // namespace ogem::wire
