// The head of a request to a provider: what is the same for every request of a kind.
#pragma once

#include "config/config.h"
#include "route/catalog.h"
#include "wire/url.h"

#include <string>
#include <string_view>

namespace ogem::gateway {

// Host, the key in the form that the provider's dialect wants (none for Google Cloud, whose tokens
// come and go), its configured headers, and ours. `credential` null: no key.
std::string shared_fields(const wire::Url& url, const config::Provider& provider,
                          const config::Credential* credential);

// The request line and the shared fields. No blank line: the caller adds what it needs.
std::string request_head(std::string_view method, std::string_view path, const wire::Url& url,
                         const config::Provider& provider, const config::Credential* credential);

// Where an OpenAI-shaped request for `operation` ("/chat/completions") goes below the endpoint's
// host, its base path not included: on Azure the deployment's place (wire/azure.md section 1).
std::string path_at(const route::Endpoint& endpoint, std::string_view operation,
                    std::string_view azure_api_version);

}  // namespace ogem::gateway
