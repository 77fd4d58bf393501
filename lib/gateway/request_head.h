// The head of a request to a provider: what is the same for every request of a kind.
#pragma once

#include "config/config.h"
#include "wire/url.h"

#include <string>
#include <string_view>

namespace ogem::gateway {

// The request line, Host, the provider's first key, its configured headers. No blank line: the
// caller adds what it needs.
std::string request_head(std::string_view method, std::string_view path, const wire::Url& url,
                         const config::Provider& provider);

}  // namespace ogem::gateway
