#include "net/fetch.h"

#include "base/text.h"
#include "net/loopback_server.h"

#include <doctest/doctest.h>

#include <cstdlib>

using namespace ogem;
using net::FetchRequest;
using test::http_answer;
using test::LoopbackServer;

namespace {

constexpr auto kToken = "tok-0123456789abcdef";

Result<std::string> fetch(const std::string& url, Duration timeout = 5s,
                          std::size_t max_size = 1u << 20) {
    const FetchRequest request{.url = url,
                               .token = Secret(kToken),
                               .timeout = timeout,
                               .max_size = max_size,
                               .proxies = {},
                               .trust = {}};
    return net::fetch_text(request);
}

bool has_token(const std::string& request) {
    return request.find(kToken) != std::string::npos;
}

}  // namespace

TEST_CASE("a configuration comes from a URL, asked for with the bearer token") {
    LoopbackServer server([](const auto&) { return http_answer(200, "", "port: 8080\n"); });
    CHECK(fetch(server.url("/config.yaml?team=a")).value() == "port: 8080\n");
    const auto request = server.requests().at(0);
    CHECK(request.starts_with("GET /config.yaml?team=a HTTP/1.1\r\n"));
    CHECK(request.find(cat("Authorization: Bearer ", kToken, "\r\n")) != std::string::npos);
}

TEST_CASE("an empty file is a file") {
    LoopbackServer server([](const auto&) { return http_answer(200, "", ""); });
    CHECK(fetch(server.url("/")).value().empty());
}

TEST_CASE("any status but 200 is an error that names it and the URL without its query") {
    for (const int status : {204, 404, 401, 500}) {
        LoopbackServer server([&](const auto&) { return http_answer(status, "", ""); });
        const auto got = fetch(server.url("/c.yaml?signature=s3cret"));
        REQUIRE_FALSE(got);
        CHECK(got.error().kind == Kind::upstream);
        CHECK(got.error().upstream_status == status);
        CHECK(got.error().message.starts_with(
            cat(server.url("/c.yaml"), "?... answered HTTP ", status)));
        CHECK(got.error().message.find("s3cret") == std::string::npos);
        CHECK(got.error().message.find(kToken) == std::string::npos);
        CHECK((status == 401) == (got.error().message.find("CONFIG_TOKEN") != std::string::npos));
    }
}

TEST_CASE("a source that does not answer in time is a timeout, redirects included") {
    LoopbackServer server([](const auto&) {
        std::this_thread::sleep_for(150ms);
        return http_answer(302, "Location: /again\r\n", "");
    });
    const auto start = Clock::now();
    const auto got = fetch(server.url("/"), 400ms);
    REQUIRE_FALSE(got);
    CHECK(got.error().kind == Kind::timeout);
    CHECK(got.error().message.find("within 0.4 s") != std::string::npos);
    CHECK(Clock::now() - start < 2s);
}

TEST_CASE("a body over the limit is refused, told or not told before") {
    LoopbackServer honest([](const auto&) { return http_answer(200, "", std::string(101, 'x')); });
    LoopbackServer silent([](const auto&) {
        return "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + std::string(1u << 20, 'x');
    });
    for (const auto& url : {honest.url("/"), silent.url("/")}) {
        const auto got = fetch(url, 5s, 100);
        REQUIRE_FALSE(got);
        CHECK(got.error().kind == Kind::too_large);
        CHECK(got.error().message.find("100 bytes") != std::string::npos);
    }
}

TEST_CASE("a redirect within the origin keeps the token") {
    LoopbackServer server([](const std::string& request) {
        return request.starts_with("GET /old ") ? http_answer(301, "Location: /new\r\n", "moved")
                                                : http_answer(200, "", "here");
    });
    CHECK(fetch(server.url("/old")).value() == "here");
    CHECK(has_token(server.requests().at(1)));
}

TEST_CASE("the token is never sent to another host or port, not even on the way back") {
    std::string back;
    LoopbackServer other(
        [&](const auto&) { return http_answer(302, cat("Location: ", back, "\r\n"), ""); });
    LoopbackServer home([&](const std::string& request) {
        return request.starts_with("GET /final ")
                   ? http_answer(200, "", "done")
                   : http_answer(307, cat("Location: ", other.url("/elsewhere"), "\r\n"), "");
    });
    back = home.url("/final");
    CHECK(fetch(home.url("/start")).value() == "done");
    CHECK(has_token(home.requests().at(0)));
    CHECK_FALSE(has_token(other.requests().at(0)));
    CHECK_FALSE(has_token(home.requests().at(1)));
}

TEST_CASE("localhost and 127.0.0.1 are two hosts to a token") {
    unsigned short port = 0;
    LoopbackServer server([&](const std::string& request) {
        return request.starts_with("GET /final ")
                   ? http_answer(200, "", "done")
                   : http_answer(302, cat("Location: http://localhost:", port, "/final\r\n"), "");
    });
    port = server.port();
    CHECK(fetch(server.url("/")).value() == "done");
    CHECK_FALSE(has_token(server.requests().at(1)));
}

TEST_CASE("redirects end after five, and lead only to http and https") {
    LoopbackServer circle([](const auto&) { return http_answer(302, "Location: /\r\n", ""); });
    const auto lost = fetch(circle.url("/"));
    REQUIRE_FALSE(lost);
    CHECK(lost.error().message.find("more than 5 times") != std::string::npos);
    CHECK(circle.requests().size() == 6);

    for (const auto* target : {"file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1:1/",
                               "http://user:s3cret@127.0.0.1/"}) {
        LoopbackServer server(
            [&](const auto&) { return http_answer(302, cat("Location: ", target, "\r\n"), ""); });
        const auto got = fetch(server.url("/"));
        REQUIRE_FALSE(got);
        CHECK_MESSAGE(got.error().kind == Kind::invalid, got.error().message);
        CHECK(got.error().message.find("s3cret") == std::string::npos);
    }
}

TEST_CASE("a URL that is none, or that holds a password, is refused before anything is sent") {
    for (const auto* url : {"ftp://example.com/x", "file:///etc/passwd", "config.yaml", ""})
        CHECK(fetch(url).error().kind == Kind::invalid);
    const auto got = fetch("http://user:s3cret@127.0.0.1:1/");
    CHECK(got.error().kind == Kind::invalid);
    CHECK(got.error().message.find("s3cret") == std::string::npos);
}

TEST_CASE("nobody there is a connection error") {
    unsigned short port = 0;
    {
        LoopbackServer gone([](const auto&) { return ""; });
        port = gone.port();
    }
    const auto got = fetch(cat("http://127.0.0.1:", port, "/"));
    REQUIRE_FALSE(got);
    CHECK(got.error().kind == Kind::connection);
}

TEST_CASE("a body cut short is an error, not a shorter configuration") {
    LoopbackServer server(
        [](const auto&) { return "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nport: 80"; });
    CHECK(fetch(server.url("/")).error().kind == Kind::connection);
}

TEST_CASE("a configuration behind a proxy comes through it, the hosts of NO_PROXY do not") {
    LoopbackServer proxy([](const auto&) { return http_answer(200, "", "by proxy"); });
    const auto ask = [&](const std::string& direct) {
        FetchRequest request;
        request.url = "http://config.invalid/c.yaml";
        request.timeout = 5s;
        request.proxies = net::proxies_of({{"HTTP_PROXY", proxy.url("")}, {"NO_PROXY", direct}});
        return fetch_text(request);
    };
    CHECK(ask("").value() == "by proxy");
    CHECK(proxy.requests().at(0).starts_with("GET http://config.invalid/c.yaml "));
    CHECK(ask("config.invalid").error().kind == Kind::connection);
}

TEST_CASE("a proxy in the environment that nobody asked for is not used") {
    LoopbackServer server([](const auto&) { return http_answer(200, "", "direct"); });
    setenv("http_proxy", "http://127.0.0.1:1", 1);
    CHECK(fetch(server.url("/")).value() == "direct");
    unsetenv("http_proxy");
}

TEST_CASE("a server that speaks no TLS is told apart from one that does not answer") {
    LoopbackServer server([](const auto&) { return http_answer(200, "", ""); });
    const auto got = fetch(cat("https://127.0.0.1:", server.port(), "/"), 2s);
    REQUIRE_FALSE(got);
    CHECK((got.error().kind == Kind::tls || got.error().kind == Kind::timeout));
}
