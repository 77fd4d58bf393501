#include "base/text.h"
#include "config/text/complaints.h"
#include "config/text/values.h"

#include <arpa/inet.h>

#include <optional>

namespace ogem::config {

namespace {

constexpr std::int64_t kLargestPort = 65535;

std::unexpected<Flaw> bad_address(std::string_view text, std::string_view why) {
    return std::unexpected(Flaw{"E309", cat(shown(text), why)});
}

bool is_ip(int family, std::string_view text) {
    unsigned char bytes[16];
    return inet_pton(family, std::string(text).c_str(), bytes) == 1;
}

bool is_host(std::string_view host) {
    if (host.starts_with('['))
        return host.size() > 2 && host.ends_with(']') &&
               is_ip(AF_INET6, host.substr(1, host.size() - 2));
    for (const char c : host) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && !(c >= '0' && c <= '9') && c != '.' && c != '-' && c != '_') return false;
    }
    return !host.empty();
}

// What stands between "//" and the path of a URL.
std::string_view authority_of(std::string_view url) {
    const auto start = url.find("//") + 2;
    return url.substr(start, url.find_first_of("/?#", start) - start);
}

}  // namespace

Parsed<std::string> parse_address(std::string_view text) {
    const auto colon = text.rfind(':');
    const auto port_text = colon == std::string_view::npos ? text : text.substr(colon + 1);
    const auto port = Whole{0, kLargestPort}(port_text);
    if (!port || port_text.find_first_of("_+") != std::string_view::npos)
        return bad_address(text, " is not an address; write HOST:PORT with a port up to 65535");
    if (colon == std::string_view::npos) return cat("127.0.0.1:", *port);
    const auto host = text.substr(0, colon);
    if (host.empty()) return cat("0.0.0.0:", *port);
    if (host == "*") return cat("0.0.0.0:", *port);
    if (host.find(':') != std::string_view::npos && !host.starts_with('['))
        return bad_address(text, " is not an address; write an IPv6 address as [::1]:8080");
    if (!is_host(host)) return bad_address(text, " is not an address; its host is not a name");
    return cat(host, ':', *port);
}

Parsed<std::string> parse_base_url(std::string_view text) {
    const bool http =
        starts_with_ignoring_case(text, "http://") || starts_with_ignoring_case(text, "https://");
    const auto bad = [&](std::string_view why) {
        return std::unexpected(Flaw{"E209", cat(shown(text), why)});
    };
    if (!http) return bad(" is not an address; it must begin with https:// or http://");
    const auto authority = authority_of(text);
    if (authority.find('@') != std::string_view::npos)
        return std::unexpected(Flaw{
            "E205", "the address carries a user name or password; use api_key_env or headers"});
    if (authority.empty() || authority.starts_with(':')) return bad(" names no host");
    for (const char c : text)
        if (static_cast<unsigned char>(c) <= 0x20 || c == '"' || c == '\\' || c == '<' || c == '>')
            return bad(" holds a character that no address has");
    if (text.find_first_of("?#") != std::string_view::npos)
        return std::unexpected(
            Flaw{"E209",
                 "an address of a provider has no query and no fragment: remove what "
                 "follows the ? or #"});
    while (text.ends_with('/')) text.remove_suffix(1);
    return std::string(text);
}

Parsed<std::string> parse_cidr(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = text.substr(0, slash);
    const bool v4 = is_ip(AF_INET, address), v6 = is_ip(AF_INET6, address);
    const auto bits = slash == std::string_view::npos
                          ? Parsed<std::int64_t>(v4 ? 32 : 128)
                          : Whole{0, v4 ? 32 : 128}(text.substr(slash + 1));
    if ((!v4 && !v6) || !bits)
        return std::unexpected(
            Flaw{"E310",
                 cat(shown(text), " is not a block of addresses; write for example 10.0.0.0/8")});
    return cat(address, '/', *bits);
}

}  // namespace ogem::config
