#include "api/loopback.h"

#include "base/text.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace ogem::api {

namespace {

using Bytes16 = std::array<unsigned char, 16>;

// IPv4 addresses come out in their mapped form, ::ffff:a.b.c.d.
std::optional<Bytes16> address_bytes(std::string_view host) {
    const std::string text(host);
    Bytes16 bytes{};
    if (inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) return bytes;
    bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (inet_pton(AF_INET, text.c_str(), bytes.data() + 12) == 1) return bytes;
    return std::nullopt;
}

bool is_loopback(const Bytes16& bytes) {
    constexpr Bytes16 kLoopback6{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    constexpr std::array<unsigned char, 13> kLoopback4{0, 0, 0, 0,    0,    0,  0,
                                                       0, 0, 0, 0xff, 0xff, 127};
    return bytes == kLoopback6 || std::equal(kLoopback4.begin(), kLoopback4.end(), bytes.begin());
}

bool is_host_name(std::string_view name) {
    return std::ranges::all_of(name, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '.' || c == '-' || c == '_';
    });
}

}  // namespace

std::string_view host_of(std::string_view authority) {
    if (authority.starts_with('[')) {
        const auto end = authority.find(']');
        return end == std::string_view::npos ? authority : authority.substr(1, end - 1);
    }
    const auto colon = authority.find(':');
    const bool bare_ipv6 = colon != authority.rfind(':');
    return bare_ipv6 ? authority : authority.substr(0, colon);
}

bool is_ip_address(std::string_view host) {
    return address_bytes(host).has_value();
}

bool is_loopback_address(std::string_view host) {
    if (host == "127.0.0.1" || host == "localhost") return true;  // what nearly everybody says
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    if (const auto bytes = address_bytes(host)) return is_loopback(*bytes);
    const std::string name = to_lower(host);
    return name == "localhost" || (name.ends_with(".localhost") && is_host_name(name));
}

std::optional<std::string> refuses_to_bind(std::string_view listen, bool has_key,
                                           bool allow_anonymous) {
    if (has_key || allow_anonymous || is_loopback_address(host_of(listen))) return std::nullopt;
    return cat("will not listen on ", listen,
               " without a server key: anyone who reaches it could spend your provider keys; set "
               "OPEN_GEMINI_API_KEY, listen on 127.0.0.1, or say allow_anonymous: true "
               "(OGEM_ALLOW_ANONYMOUS=1)");
}

}  // namespace ogem::api
