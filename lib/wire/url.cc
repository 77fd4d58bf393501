#include "wire/url.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>

namespace ogem::wire {

namespace {

// The message leaves out what stands before an '@': it may be a password.
std::unexpected<Error> bad_url(std::string_view text, std::string_view why) {
    const auto at = text.rfind('@');
    const auto shown = at == std::string_view::npos ? text : text.substr(at);
    return fail(Kind::invalid, cat("\"", shown.substr(0, 200), "\" is not a usable URL: ", why));
}

bool is_visible_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

bool is_host(std::string_view host, bool bracketed) {
    const auto allowed = bracketed
                             ? "0123456789abcdefABCDEF:."
                             : "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";
    return !host.empty() && host.find_first_not_of(allowed) == std::string_view::npos;
}

bool read_port(std::string_view digits, unsigned short& port) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    return error == std::errc() && end == digits.data() + digits.size() && port != 0;
}

// Cuts "host", "[::1]" off the front of an authority; what remains is "" or ":port".
std::string_view take_host(std::string_view& authority, bool& bracketed) {
    bracketed = authority.starts_with('[');
    const auto end = bracketed ? authority.find(']') : authority.find(':');
    const auto host = authority.substr(bracketed ? 1 : 0, end - (bracketed ? 1 : 0));
    if (end == std::string_view::npos) {
        authority = {};
        return bracketed ? std::string_view() : host;
    }
    authority.remove_prefix(end + (bracketed ? 1 : 0));
    return host;
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::string Url::authority() const {
    const bool is_ip6 = host.find(':') != std::string::npos;
    auto out = is_ip6 ? cat('[', host, ']') : host;
    if (port != (tls ? 443 : 80)) append(out, ':', port);
    return out;
}

Result<Url> parse_url(std::string_view text) {
    if (!is_visible_ascii(text)) return bad_url(text, "it holds a space or other odd character");
    Url url;
    url.tls = starts_with_ignoring_case(text, "https://");
    if (!url.tls && !starts_with_ignoring_case(text, "http://"))
        return bad_url(text, "it must start with http:// or https://");
    const auto rest = text.substr(url.tls ? 8 : 7);
    const auto path_at = std::min(rest.find_first_of("/?#"), rest.size());
    auto authority = rest.substr(0, path_at);
    auto path = rest.substr(path_at);
    if (authority.find('@') != std::string_view::npos)
        return bad_url(text, "a user name or password does not belong in it");
    if (path.find('#') != std::string_view::npos) return bad_url(text, "it has a # part");

    bool bracketed = false;
    const auto host = take_host(authority, bracketed);
    if (!is_host(host, bracketed)) return bad_url(text, "it has no valid host name");
    url.host = to_lower(host);
    url.port = url.tls ? 443 : 80;
    if (!authority.empty() &&
        (authority.front() != ':' || !read_port(authority.substr(1), url.port)))
        return bad_url(text, "the port must be a number from 1 to 65535");
    while (path.ends_with('/')) path.remove_suffix(1);
    url.path = path.starts_with('?') ? cat('/', path) : std::string(path);
    return url;
}

std::string percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape = text[i] == '%' && i + 2 < text.size();
        const int high = escape ? hex_digit(text[i + 1]) : -1;
        const int low = escape ? hex_digit(text[i + 2]) : -1;
        if (high < 0 || low < 0) {
            out += text[i];
        } else {
            out += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    return out;
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view kUnreserved =  // RFC 3986 section 2.3
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    constexpr char kDigits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (kUnreserved.find(c) != std::string_view::npos) {
            out += c;
        } else {
            append(out, '%', kDigits[byte >> 4], kDigits[byte & 15]);
        }
    }
    return out;
}

std::string query_value(std::string_view target, std::string_view name) {
    const auto query = target.find('?');
    if (query == std::string_view::npos) return {};
    for (const auto pair : split(target.substr(query + 1), '&')) {
        const auto equals = std::min(pair.find('='), pair.size());
        if (percent_decoded(pair.substr(0, equals)) != name) continue;
        std::string value(pair.substr(std::min(equals + 1, pair.size())));
        std::replace(value.begin(), value.end(), '+', ' ');
        return percent_decoded(value);
    }
    return {};
}

}  // namespace ogem::wire
