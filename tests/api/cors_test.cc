#include "api/cors.h"

#include <doctest/doctest.h>

using namespace ogem;
using api::AccessRules;

namespace {

const Secret kKey("sk-ogem-0123456789");

std::string_view allowed_origin(const AccessRules& rules, std::string origin) {
    static wire::Headers headers;
    headers = api::cors_headers(rules, {{"Origin", std::move(origin)}});
    return wire::header(headers, "access-control-allow-origin");
}

}  // namespace

TEST_CASE("without a key, pages of this machine may read answers") {
    for (const auto* origin :
         {"http://localhost:3000", "https://localhost", "http://127.0.0.1:5173",
          "http://[::1]:8080", "http://tauri.localhost", "HTTP://LOCALHOST"})
        CHECK(allowed_origin({}, origin) == origin);
}

TEST_CASE("without a key, editors may read answers, files may not") {
    for (const auto* origin : {"vscode-webview://1a2b3c", "app://obsidian.md", "tauri://localhost"})
        CHECK(allowed_origin({}, origin) == origin);
    for (const auto* origin : {"file://", "null", "chrome-extension://abc", "ftp://localhost"})
        CHECK_MESSAGE(allowed_origin({}, origin).empty(), origin);
}

TEST_CASE("without a key, other pages get no CORS headers, whatever they look like") {
    for (const auto* origin : {"https://evil.example", "http://localhost.evil.example",
                               "http://127.0.0.1.evil.example", "http://evil.example:80#localhost",
                               "localhost", "https://localhost@evil.example", "*", ""})
        CHECK_MESSAGE(allowed_origin({}, origin).empty(), origin);
}

TEST_CASE("configured origins may read answers; \"*\" alone opens nothing without a key") {
    AccessRules rules;
    rules.cors_origins = {"https://app.example.com/", "*", "null"};
    CHECK(allowed_origin(rules, "https://app.example.com") == "https://app.example.com");
    CHECK(allowed_origin(rules, "https://other.example.com").empty());
    CHECK(allowed_origin(rules, "https://app.example.com:8443").empty());
    CHECK(allowed_origin(rules, "null").empty());
    CHECK(allowed_origin(rules, "*").empty());
}

TEST_CASE("with a key, any origin is echoed") {
    AccessRules rules;
    rules.server_key = &kKey;
    CHECK(allowed_origin(rules, "https://anywhere.example") == "https://anywhere.example");
}

TEST_CASE("real answers carry the origin too, and say that they differ by it (M-15)") {
    const auto headers = api::cors_headers({}, {{"origin", "http://localhost:3000"}});
    CHECK(wire::header(headers, "vary") == "Origin");
    CHECK(wire::header(headers, "access-control-expose-headers").find("X-Request-ID") == 0);
    CHECK(api::cors_headers({}, {}).empty());
}

TEST_CASE("a preflight is told every method and header of the replaced systems (4.13 CORS)") {
    const auto headers = api::preflight_headers({}, {{"Origin", "http://localhost:3000"}});
    for (const auto* method : {"GET", "POST", "PUT", "DELETE", "OPTIONS"})
        CHECK(wire::header(headers, "access-control-allow-methods").find(method) !=
              std::string_view::npos);
    for (const auto* name : {"Accept", "Accept-Encoding", "Authorization", "Content-Length",
                             "Content-Type", "X-CSRF-Token"})
        CHECK(wire::header(headers, "access-control-allow-headers").find(name) !=
              std::string_view::npos);
    CHECK(wire::header(headers, "access-control-allow-origin") == "http://localhost:3000");
}

TEST_CASE("a preflight may ask for headers of its own, such as an SDK's") {
    const auto headers = api::preflight_headers(
        {}, {{"Access-Control-Request-Headers", "x-stainless-os,anthropic-version"}});
    CHECK(wire::header(headers, "access-control-allow-headers")
              .ends_with(", x-stainless-os,anthropic-version"));
    const auto injected =
        api::preflight_headers({}, {{"Access-Control-Request-Headers", "x-a\r\nset-cookie: b"}});
    CHECK(wire::header(injected, "access-control-allow-headers").ends_with("X-CSRF-Token"));
}

TEST_CASE("a preflight of a foreign page is answered without an allowed origin") {
    const auto headers = api::preflight_headers(
        {},
        {{"Origin", "https://evil.example"}, {"Access-Control-Request-Private-Network", "true"}});
    CHECK(wire::header(headers, "access-control-allow-origin").empty());
    CHECK(wire::header(headers, "access-control-allow-private-network").empty());
    CHECK_FALSE(wire::header(headers, "access-control-allow-methods").empty());
}

TEST_CASE("a browser that asks whether a public page may reach this machine is answered") {
    AccessRules rules;
    rules.cors_origins = {"https://app.example.com"};
    const auto headers =
        preflight_headers(rules, {{"Origin", "https://app.example.com"},
                                  {"Access-Control-Request-Private-Network", "true"}});
    CHECK(wire::header(headers, "access-control-allow-private-network") == "true");
}
