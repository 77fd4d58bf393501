#include "gateway/request_head.h"

#include "base/text.h"

namespace ogem::gateway {

namespace {

// Bytes that would end a header line early must not get in by way of a key or a configured header.
bool fits_in_a_header(std::string_view text) {
    return text.find_first_of("\r\n\0", 0, 3) == std::string_view::npos;
}

}  // namespace

std::string request_head(std::string_view method, std::string_view path, const wire::Url& url,
                         const config::Provider& provider) {
    std::string head =
        cat(method, ' ', url.path, path, " HTTP/1.1\r\nHost: ", url.authority(), "\r\n");
    if (!provider.credentials.empty()) {
        const auto& key = provider.credentials.front().key.reveal();
        if (!key.empty() && fits_in_a_header(key))
            append(head, "Authorization: Bearer ", key, "\r\n");
    }
    for (const auto& [name, value] : provider.headers)
        if (fits_in_a_header(name) && fits_in_a_header(value))
            append(head, name, ": ", value, "\r\n");
    head += "User-Agent: ogem/" OGEM_VERSION "\r\nAccept-Encoding: identity\r\n";
    return head;
}

}  // namespace ogem::gateway
