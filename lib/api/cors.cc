#include "api/cors.h"

#include "api/loopback.h"
#include "base/text.h"

#include <algorithm>

namespace ogem::api {

namespace {

constexpr std::string_view kMethods = "GET, POST, PUT, DELETE, OPTIONS";

// The union of what the three replaced systems allowed; "*" would not cover Authorization.
constexpr std::string_view kRequestHeaders =
    "Accept, Accept-Encoding, Authorization, Content-Length, Content-Type, X-CSRF-Token";

constexpr std::string_view kExposed =
    "X-Request-ID, Retry-After, Retry-After-Ms, Server-Timing, X-Should-Retry, X-Vendor-Source, "
    "X-Ogem-Provider, X-Ogem-Region, X-Ogem-Model, X-Ogem-Cache, X-Ogem-Attempts, X-Ogem-Dropped, "
    "X-Ogem-Batch-Id, X-Ogem-Request-Id, X-RateLimit-Limit-Requests, X-RateLimit-Limit-Tokens, "
    "X-RateLimit-Remaining-Requests, X-RateLimit-Remaining-Tokens, X-RateLimit-Reset-Requests, "
    "X-RateLimit-Reset-Tokens";

bool is_editor(std::string_view scheme) {
    return scheme == "vscode-webview" || scheme == "app" || scheme == "tauri";
}

bool is_configured(const AccessRules& rules, std::string_view origin) {
    return std::ranges::any_of(rules.cors_origins, [&](std::string_view known) {
        if (known.ends_with('/')) known.remove_suffix(1);
        return known != "*" && known != "null" && equal_ignoring_case(known, origin);
    });
}

// Header names as a browser lists them: tokens (RFC 9110 section 5.6.2), commas and spaces.
bool is_name_list(std::string_view text) {
    constexpr std::string_view kPunctuation = "!#$%&'*+-.^_`|~, ";
    constexpr std::size_t kLongest = 4096;
    const auto legal = [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               kPunctuation.find(c) != std::string_view::npos;
    };
    return !text.empty() && text.size() <= kLongest && std::ranges::all_of(text, legal);
}

std::string allowed_request_headers(const wire::Headers& request) {
    const auto asked = trim(wire::header(request, "access-control-request-headers"));
    return is_name_list(asked) ? cat(kRequestHeaders, ", ", asked) : std::string(kRequestHeaders);
}

}  // namespace

bool is_allowed_origin(const AccessRules& rules, std::string_view origin) {
    if (rules.has_key()) return true;
    if (is_configured(rules, origin)) return true;
    const auto slashes = origin.find("://");
    if (slashes == std::string_view::npos) return false;
    const std::string scheme = to_lower(origin.substr(0, slashes));
    if (is_editor(scheme)) return true;
    const bool web = scheme == "http" || scheme == "https";
    return web && is_loopback_address(host_of(origin.substr(slashes + 3)));
}

wire::Headers cors_headers(const AccessRules& rules, const wire::Headers& request) {
    const auto origin = wire::header(request, "origin");
    if (origin.empty() || !is_allowed_origin(rules, origin)) return {};
    return {{"access-control-allow-origin", std::string(origin)},
            {"vary", "Origin"},
            {"access-control-expose-headers", std::string(kExposed)}};
}

wire::Headers preflight_headers(const AccessRules& rules, const wire::Headers& request) {
    wire::Headers headers{{"access-control-allow-methods", std::string(kMethods)},
                          {"access-control-allow-headers", allowed_request_headers(request)}};
    const auto origin = cors_headers(rules, request);
    if (origin.empty()) return headers;
    headers.insert(headers.end(), origin.begin(), origin.end());
    headers.emplace_back("access-control-max-age", "600");
    if (wire::header(request, "access-control-request-private-network") == "true")
        headers.emplace_back("access-control-allow-private-network", "true");
    return headers;
}

}  // namespace ogem::api
