#include "gateway/request_head.h"

#include "base/text.h"
#include "wire/url.h"

namespace ogem::gateway {

namespace {

// Bytes that would end a header line early must not get in by way of a key or a configured header.
bool fits_in_a_header(std::string_view text) {
    return text.find_first_of("\r\n\0", 0, 3) == std::string_view::npos;
}

std::string_view key_header(config::Protocol protocol, bool bearer) {
    switch (protocol) {
        case config::Protocol::anthropic:
            return "x-api-key: ";
        case config::Protocol::gemini:
            return "x-goog-api-key: ";
        case config::Protocol::azure:
            return bearer ? "Authorization: Bearer " : "api-key: ";
        default:
            return "Authorization: Bearer ";
    }
}

}  // namespace

std::string shared_fields(const wire::Url& url, const config::Provider& provider,
                          const config::Credential* credential) {
    std::string fields = cat("Host: ", url.authority(), "\r\n");
    const auto key = credential ? std::string_view(credential->key.reveal()) : std::string_view();
    if (!key.empty() && fits_in_a_header(key))
        append(fields, key_header(provider.protocol, credential->bearer), key, "\r\n");
    for (const auto& [name, value] : provider.headers)
        if (fits_in_a_header(name) && fits_in_a_header(value))
            append(fields, name, ": ", value, "\r\n");
    fields += "User-Agent: ogem/" OGEM_VERSION "\r\nAccept-Encoding: identity\r\n";
    return fields;
}

std::string request_head(std::string_view method, std::string_view path, const wire::Url& url,
                         const config::Provider& provider, const config::Credential* credential) {
    return cat(method, ' ', url.path, path, " HTTP/1.1\r\n",
               shared_fields(url, provider, credential));
}

std::string path_at(const route::Endpoint& endpoint, std::string_view operation,
                    std::string_view azure_api_version) {
    if (endpoint.provider->protocol != config::Protocol::azure) return std::string(operation);
    if (endpoint.model->serverless) return cat("/v1", operation);
    return cat("/openai/deployments/", wire::percent_encoded(endpoint.model->deployment), operation,
               "?api-version=", azure_api_version);
}

}  // namespace ogem::gateway
