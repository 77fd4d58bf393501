#include "api/access.h"

#include "api/cors.h"
#include "api/loopback.h"
#include "base/text.h"

#include <algorithm>
#include <array>

namespace ogem::api {

namespace {

constexpr std::array<std::string_view, 3> kPlainKeyHeaders{"x-api-key", "api-key",
                                                           "x-goog-api-key"};

// A header value inside a sentence.
std::string clipped(std::string_view value) {
    constexpr std::size_t kLongest = 80;
    return cat('"', value.substr(0, kLongest), value.size() > kLongest ? "...\"" : "\"");
}

// What a header presents as a key: the whole value, or what follows "Bearer ". Empty: nothing.
std::string_view presented_key(const wire::Header& header) {
    const auto& [name, value] = header;
    const bool plain = std::ranges::any_of(
        kPlainKeyHeaders, [&](auto known) { return equal_ignoring_case(name, known); });
    if (plain) return trim(value);
    constexpr std::string_view kScheme = "Bearer ";
    if (!equal_ignoring_case(name, "authorization")) return {};
    const auto credentials = trim(value);
    if (!starts_with_ignoring_case(credentials, kScheme)) return {};
    return trim(credentials.substr(kScheme.size()));
}

Result<void> check_key(const Secret& key, const wire::Headers& headers) {
    bool presented = false;
    for (const auto& header : headers) {
        const auto text = presented_key(header);
        if (key.matches(text)) return {};
        presented = presented || !text.empty();
    }
    if (presented) {
        return fail(Kind::unauthorized,
                    "The API key is not the one this server expects: send the value of its "
                    "OPEN_GEMINI_API_KEY.");
    }
    return fail(Kind::unauthorized,
                "This server needs an API key: send it as \"Authorization: Bearer KEY\", "
                "x-api-key, api-key or x-goog-api-key.");
}

bool needs_no_key(std::string_view method, std::string_view target) {
    const auto path = target.substr(0, target.find('?'));
    return method == "OPTIONS" || path == "/health" || path == "/healthz";
}

// Names that only the local network gives out: one label, or under a suffix that is not sold in the
// public DNS. A stranger's web page cannot have such an address.
bool is_private_name(std::string_view host) {
    constexpr std::array<std::string_view, 4> kSuffixes{".local", ".internal", ".home.arpa",
                                                        ".lan"};
    const auto ends_so = [&](std::string_view suffix) { return host.ends_with(suffix); };
    return host.find('.') == std::string_view::npos || std::ranges::any_of(kSuffixes, ends_so);
}

bool is_host_of_an_origin(const AccessRules& rules, std::string_view host) {
    return std::ranges::any_of(rules.cors_origins, [&](std::string_view origin) {
        const auto slashes = origin.find("://");
        return slashes != std::string_view::npos &&
               equal_ignoring_case(host_of(origin.substr(slashes + 3)), host);
    });
}

bool is_our_host(const AccessRules& rules, std::string_view host) {
    if (is_loopback_address(host) || is_host_of_an_origin(rules, host)) return true;
    const auto same = [&](std::string_view bound) { return equal_ignoring_case(bound, host); };
    if (std::ranges::any_of(rules.bound_hosts, same)) return true;
    return !rules.loopback_only && (is_ip_address(host) || is_private_name(to_lower(host)));
}

// A request without Host does not come from a browser, so nobody can have been rebound.
Result<void> check_host(const AccessRules& rules, const wire::Headers& headers) {
    const auto authority = trim(wire::header(headers, "host"));
    if (authority.empty() || is_our_host(rules, host_of(authority))) return {};
    return fail(Kind::forbidden,
                cat("The Host header names ", clipped(authority),
                    ", which is not this daemon: without a server key only local names are "
                    "answered. Use http://localhost, set OPEN_GEMINI_API_KEY, or add the address "
                    "to cors.origins."));
}

Result<void> check_origin(const AccessRules& rules, const wire::Headers& headers) {
    const auto origin = wire::header(headers, "origin");
    if (origin.empty() || is_allowed_origin(rules, origin)) return {};
    return fail(Kind::forbidden,
                cat("Web pages of ", clipped(origin),
                    " may not use this daemon: add the origin to cors.origins, or set "
                    "OPEN_GEMINI_API_KEY."));
}

Result<void> check_unix(const wire::Headers& headers) {
    for (const std::string_view name : {"origin", "referer"}) {
        if (wire::header(headers, name).empty()) continue;
        return fail(Kind::forbidden, cat("The Unix socket does not serve web pages: a request "
                                         "with the header ",
                                         name, " is refused."));
    }
    return {};
}

}  // namespace

Result<void> check_access(const AccessRules& rules, const Caller& caller, std::string_view method,
                          std::string_view target, const wire::Headers& headers) {
    if (caller.unix_socket) return check_unix(headers);
    if (rules.has_key()) {
        if (needs_no_key(method, target)) return {};
        return check_key(*rules.server_key, headers);
    }
    if (auto host = check_host(rules, headers); !host) return host;
    if (method == "OPTIONS") return {};
    return check_origin(rules, headers);
}

bool is_key_header(std::string_view name) {
    return equal_ignoring_case(name, "authorization") ||
           std::ranges::any_of(kPlainKeyHeaders,
                               [&](auto known) { return equal_ignoring_case(name, known); });
}

}  // namespace ogem::api
