#include "net/proxy.h"

#include "base/text.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <optional>
#include <string_view>

namespace ogem::net {

namespace {

struct Address {
    std::array<unsigned char, 16> bytes{};
    unsigned bits = 0;  // 32 or 128; 0: no address
};

Address parse_address(const std::string& text) {
    Address address;
    if (inet_pton(AF_INET, text.c_str(), address.bytes.data()) == 1) address.bits = 32;
    if (inet_pton(AF_INET6, text.c_str(), address.bytes.data()) == 1) address.bits = 128;
    return address;
}

bool same_prefix(const Address& a, const Address& b, unsigned bits) {
    const auto whole = bits / 8, rest = bits % 8;
    if (std::memcmp(a.bytes.data(), b.bytes.data(), whole) != 0) return false;
    if (rest == 0) return true;
    const unsigned mask = 0xffu << (8 - rest);
    return ((a.bytes[whole] ^ b.bytes[whole]) & mask) == 0;
}

bool address_matches(const std::string& entry, const Address& host) {
    const auto slash = entry.find('/');
    const auto network = parse_address(entry.substr(0, slash));
    if (network.bits == 0 || network.bits != host.bits) return false;
    unsigned bits = network.bits;
    if (slash != std::string::npos) {
        const auto* end = entry.data() + entry.size();
        const auto [stop, error] = std::from_chars(entry.data() + slash + 1, end, bits);
        if (error != std::errc() || stop != end || bits > network.bits) return false;
    }
    return same_prefix(network, host, bits);
}

bool name_matches(std::string_view entry, std::string_view host) {
    if (host == entry) return true;
    return host.size() > entry.size() && host.ends_with(entry) &&
           host[host.size() - entry.size() - 1] == '.';
}

bool is_loopback(const std::string& host, const Address& address) {
    if (address.bits == 32) return address.bytes[0] == 127;
    if (address.bits == 128) return address.bytes == parse_address("::1").bytes;
    return name_matches("localhost", host);
}

std::string first_of(const config::Environment& environment,
                     std::initializer_list<std::string_view> names) {
    for (const auto name : names)
        if (const auto it = environment.find(name); it != environment.end() && !it->second.empty())
            return it->second;
    return {};
}

std::vector<std::string> read_list(std::string text) {
    std::replace(text.begin(), text.end(), ' ', ',');
    std::vector<std::string> entries;
    for (auto entry : split(text, ',')) {
        if (entry.starts_with('.')) entry.remove_prefix(1);
        if (!entry.empty()) entries.push_back(to_lower(entry));
    }
    return entries;
}

}  // namespace

const std::string& Proxies::for_url(const wire::Url& url) const {
    static const std::string kNone;
    const auto& proxy = url.tls ? https : http;
    if (proxy.empty()) return kNone;
    auto host = url.host;
    if (host.ends_with('.')) host.pop_back();
    const auto address = parse_address(host);
    if (is_loopback(host, address)) return kNone;
    const bool is_direct = std::ranges::any_of(direct, [&](const std::string& entry) {
        if (entry == "*") return true;
        return address.bits ? address_matches(entry, address) : name_matches(entry, host);
    });
    return is_direct ? kNone : proxy;
}

Proxies proxies_of(const config::Environment& environment) {
    Proxies proxies;
    proxies.http = first_of(environment, {"http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"});
    proxies.https = first_of(environment, {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"});
    proxies.direct = read_list(first_of(environment, {"no_proxy", "NO_PROXY"}));
    return proxies;
}

}  // namespace ogem::net
