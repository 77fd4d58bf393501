#include "api/access.h"

#include <doctest/doctest.h>

#include <optional>

using namespace ogem;
using api::AccessRules;
using api::Caller;

namespace {

const Secret kKey("sk-ogem-0123456789");

AccessRules with_key() {
    return {.server_key = &kKey, .cors_origins = {}, .bound_hosts = {}, .loopback_only = true};
}

// Nothing if the request is served, else the kind of refusal.
std::optional<Kind> refusal(const AccessRules& rules, wire::Headers headers,
                            std::string_view target = "/v1/models",
                            std::string_view method = "GET") {
    const auto verdict = api::check_access(rules, Caller{}, method, target, headers);
    return verdict ? std::nullopt : std::optional(verdict.error().kind);
}

bool host_passes(const AccessRules& rules, std::string host) {
    return !refusal(rules, {{"Host", std::move(host)}});
}

bool origin_passes(const AccessRules& rules, std::string origin) {
    return !refusal(rules, {{"Host", "localhost:8080"}, {"Origin", std::move(origin)}},
                    "/v1/chat/completions", "POST");
}

}  // namespace

TEST_CASE("with a server key, a request without it or with another is refused (J1)") {
    CHECK(refusal(with_key(), {}) == Kind::unauthorized);
    CHECK(refusal(with_key(), {{"Authorization", "Bearer sk-other"}}) == Kind::unauthorized);
    CHECK(refusal(with_key(), {{"Authorization", "sk-ogem-0123456789"}}) == Kind::unauthorized);
    CHECK(refusal(with_key(), {{"Authorization", "Basic sk-ogem-0123456789"}}) ==
          Kind::unauthorized);
}

TEST_CASE("the key opens in any of four headers, the scheme in any case (J1)") {
    for (const auto* value :
         {"Bearer sk-ogem-0123456789", "bearer sk-ogem-0123456789", "BEARER   sk-ogem-0123456789 "})
        CHECK_FALSE(refusal(with_key(), {{"Authorization", value}}));
    for (const auto* name : {"x-api-key", "X-Api-Key", "api-key", "x-goog-api-key"})
        CHECK_FALSE(refusal(with_key(), {{name, "sk-ogem-0123456789"}}));
}

TEST_CASE("an SDK that sends a dummy key beside the real one is let in") {
    CHECK_FALSE(refusal(with_key(),
                        {{"Authorization", "Bearer dummy"}, {"x-api-key", "sk-ogem-0123456789"}}));
}

TEST_CASE("an empty token opens nothing (O-13)") {
    CHECK(refusal(with_key(), {{"Authorization", "Bearer "}}) == Kind::unauthorized);
    CHECK(refusal(with_key(), {{"Authorization", "Bearer"}}) == Kind::unauthorized);
    CHECK(refusal(with_key(), {{"x-api-key", ""}}) == Kind::unauthorized);
}

TEST_CASE(
    "with a server key, health checks and OPTIONS need none, /metrics does (section 2 row 7)") {
    CHECK_FALSE(refusal(with_key(), {}, "/health"));
    CHECK_FALSE(refusal(with_key(), {}, "/health?check=openai"));
    CHECK_FALSE(refusal(with_key(), {}, "/healthz", "HEAD"));
    CHECK_FALSE(refusal(with_key(), {}, "/v1/chat/completions", "OPTIONS"));
    CHECK(refusal(with_key(), {}, "/metrics") == Kind::unauthorized);
    CHECK(refusal(with_key(), {}, "/healthz/../v1/models") == Kind::unauthorized);
    CHECK(refusal(with_key(), {}, "/healthzz") == Kind::unauthorized);
}

TEST_CASE("with a server key, the daemon answers to any name and any origin") {
    CHECK_FALSE(refusal(with_key(), {{"Host", "ai.example.com"},
                                     {"Origin", "https://evil.example"},
                                     {"x-api-key", "sk-ogem-0123456789"}}));
}

TEST_CASE("a refusal never repeats what was presented (promise 13)") {
    const wire::Headers headers{{"Authorization", "Bearer sk-secret-of-someone-else"}};
    const auto verdict = api::check_access(with_key(), Caller{}, "GET", "/v1/models", headers);
    REQUIRE_FALSE(verdict);
    CHECK(verdict.error().message.find("someone") == std::string::npos);
    CHECK(verdict.error().message.find(kKey.reveal()) == std::string::npos);
}

TEST_CASE("without a server key any Authorization is ignored (O-39, J2)") {
    CHECK_FALSE(refusal({}, {{"Host", "localhost:8080"}, {"Authorization", "Bearer whatever"}}));
    CHECK_FALSE(refusal({}, {{"Host", "localhost:8080"}, {"Authorization", "nonsense"}}));
    CHECK_FALSE(refusal({}, {{"Host", "localhost:8080"}}));
    const Secret empty;
    AccessRules rules;
    rules.server_key = &empty;
    CHECK_FALSE(refusal(rules, {{"Host", "localhost:8080"}, {"x-api-key", ""}}));
}

TEST_CASE("without a key, only local names are answered, so no page can rebind its name to us") {
    for (const auto* host : {"localhost", "localhost:8080", "LOCALHOST", "ogem.localhost:80",
                             "127.0.0.1", "127.9.8.7:1", "[::1]:8080", "::1", "[::ffff:127.0.0.1]"})
        CHECK_MESSAGE(host_passes({}, host), host);
    for (const auto* host :
         {"evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.1.evil.example",
          "10.0.0.1", "notlocalhost", "[::2]", "[::1", "0x7f.1", "localhost@evil.example"})
        CHECK_MESSAGE(!host_passes({}, host), host);
    CHECK_MESSAGE(!refusal({}, {}), "no browser leaves Host out");
}

TEST_CASE("without a key, the bound addresses and the hosts of configured origins are answered") {
    AccessRules rules;
    rules.bound_hosts = {"192.168.1.5"};
    rules.cors_origins = {"https://ai.example.com"};
    CHECK(host_passes(rules, "192.168.1.5:8080"));
    CHECK(host_passes(rules, "ai.example.com"));
    CHECK_FALSE(host_passes(rules, "192.168.1.6:8080"));
}

TEST_CASE("opened to the network without a key, it answers to addresses and private names only") {
    AccessRules rules;
    rules.loopback_only = false;
    for (const auto* host : {"192.168.1.5:8080", "[fe80::1]:8080", "ogem:8080", "box.local",
                             "ogem.default.svc.cluster.local", "host.docker.internal:8080"})
        CHECK_MESSAGE(host_passes(rules, host), host);
    CHECK_FALSE(host_passes(rules, "evil.example:8080"));
}

TEST_CASE(
    "without a key, a request of a foreign web page is refused, not only unread (promise 13)") {
    CHECK_FALSE(origin_passes({}, "https://evil.example"));
    CHECK_FALSE(origin_passes({}, "null"));
    CHECK(origin_passes({}, "http://localhost:3000"));
    CHECK_MESSAGE(!refusal({}, {{"Host", "localhost"}, {"Origin", "https://evil.example"}}, "/v1/x",
                           "OPTIONS"),
                  "the preflight itself is answered, without an allowed origin");
}

TEST_CASE("the Unix socket needs no key and serves no web page") {
    const Caller local{.unix_socket = true};
    CHECK(api::check_access(with_key(), local, "GET", "/v1/models", {}));
    CHECK(api::check_access({}, local, "GET", "/v1/models", {{"Host", "anything.example"}}));
    for (const auto* name : {"Origin", "Referer"}) {
        const wire::Headers headers{{name, "http://localhost:3000"}};
        const auto verdict = api::check_access({}, local, "POST", "/v1/chat/completions", headers);
        REQUIRE_FALSE(verdict);
        CHECK(verdict.error().kind == Kind::forbidden);
    }
}

TEST_CASE("headers that carry a client's key are known, so that none goes upstream") {
    for (const auto* name :
         {"authorization", "Authorization", "X-API-Key", "api-key", "x-goog-api-key"})
        CHECK(api::is_key_header(name));
    CHECK_FALSE(api::is_key_header("content-type"));
}
