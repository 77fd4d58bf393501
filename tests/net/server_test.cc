// What a client of the server may do, and what it gets (behaviour.md 4.16, promises B).
#include "net/server.h"

#include "base/text.h"
#include "net/gzip.h"
#include "net/support/test_server.h"

#include <doctest/doctest.h>

#include <string>

using namespace ogem;
using namespace ogem::net;
using namespace ogem::test;

namespace {

const std::string kGet = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";

std::string post(std::string_view body, std::string_view fields = "") {
    return cat("POST /b HTTP/1.1\r\nHost: x\r\n", fields, "Content-Length: ", body.size(),
               "\r\n\r\n", body);
}
std::string status_of(const std::string& answer) {
    return answer.substr(0, answer.find("\r\n"));
}
std::string body_of(const std::string& answer) {
    const auto at = answer.find("\r\n\r\n");
    return at == std::string::npos ? "" : answer.substr(at + 4);
}
bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a connection serves one request after the other") {
    TestServer server(echo);
    auto client = server.connect();
    for (const std::string body : {"one", "two", "three"}) {
        client.send(post(body));
        CHECK(body_of(client.read_message()) == "POST /b [" + body + "]");
    }
}

TEST_CASE("pipelined requests are answered in order, wherever they are cut") {
    TestServer server(echo);
    const auto requests = kGet + post("first") + post("second") + kGet;
    for (const std::size_t cut :
         {std::size_t{0}, std::size_t{10}, kGet.size() + 30, requests.size()}) {
        auto client = server.connect();
        client.send(requests.substr(0, cut));
        if (cut > 0) std::this_thread::sleep_for(10ms);
        client.send(requests.substr(cut));
        for (const auto* expected :
             {"GET /a []", "POST /b [first]", "POST /b [second]", "GET /a []"})
            CHECK(body_of(client.read_message()) == expected);
    }
}

TEST_CASE("a request one byte at a time is a request") {
    TestServer server(echo);
    auto client = server.connect();
    for (const char c : post("drip")) client.send(std::string(1, c));
    CHECK(body_of(client.read_message()) == "POST /b [drip]");
}

TEST_CASE("Connection: close is answered in kind") {
    TestServer server(echo);
    const auto answer = server.talk("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    CHECK(has(answer, "Connection: close\r\n"));
    CHECK(body_of(answer) == "GET /a []");
}

TEST_CASE("HTTP/1.0 gets no chunks, and its connection ends unless it asks otherwise") {
    TestServer server([](Connection& connection) -> Task<> {
        connection.begin_stream(200, "");
        connection.write("some ");
        connection.finish("more");
        co_return;
    });
    const auto answer = server.talk("GET /a HTTP/1.0\r\n\r\n");
    CHECK(body_of(answer) == "some more");
    CHECK_FALSE(has(answer, "chunked"));
    TestServer whole(echo);
    auto client = whole.connect();
    for (int i = 0; i < 2; ++i) {
        client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        CHECK(has(client.read_message(), "Connection: keep-alive\r\n"));
    }
}

TEST_CASE("HEAD gets the head of the answer and its length, and no body") {
    TestServer server(echo);
    auto client = server.connect();
    client.send("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n" + kGet);
    const auto head = client.read_until("\r\n\r\n");
    CHECK(has(head, "Content-Length: 10\r\n"));
    CHECK(body_of(client.read_message()) == "GET /a []");  // follows at once
}

TEST_CASE("a chunked request body is put together") {
    TestServer server(echo);
    auto client = server.connect();
    client.send(
        "POST /b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n");
    CHECK(body_of(client.read_message()) == "POST /b [abcde]");
}

TEST_CASE("a compressed request body is read as what it holds (contract 6)") {
    TestServer server(echo);
    auto client = server.connect();
    client.send(post(gzip("plain text"), "Content-Encoding: gzip\r\n"));
    CHECK(body_of(client.read_message()) == "POST /b [plain text]");
    CHECK(status_of(server.talk(post("xx", "Content-Encoding: br\r\n"))) ==
          "HTTP/1.1 400 Bad Request");
    CHECK(status_of(server.talk(post("no gzip", "Content-Encoding: gzip\r\n"))) ==
          "HTTP/1.1 400 Bad Request");
}

TEST_CASE("a compressed body that unpacks to more than the limit is 413 (promises B)") {
    ServerLimits limits;
    limits.message.max_body = 1000;
    TestServer server(echo, limits);
    const auto bomb = gzip(std::string(1'000'000, 'x'));
    CHECK(bomb.size() < 6000);
    CHECK(has(status_of(server.talk(post(bomb, "Content-Encoding: gzip\r\n"))), "413"));
}

TEST_CASE("Expect: 100-continue is answered before the body is sent") {
    TestServer server(echo);
    auto client = server.connect();
    client.send("POST /b HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    CHECK(client.read_until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("ok");
    CHECK(body_of(client.read_message()) == "POST /b [ok]");
}

TEST_CASE("with little memory left, requests with a body are 503 overloaded (contract 3)") {
    Memory all(1 << 20);
    WorkerMemory worker(all);
    ServerLimits limits;
    limits.memory = &worker;
    MemoryShare others(&worker);
    others.set(200 << 10);
    TestServer server(echo, limits);
    const auto refused = server.talk(post("hello"));
    CHECK(status_of(refused) == "HTTP/1.1 503 Service Unavailable");
    CHECK(has(refused, "retry-after: 1\r\n"));
    CHECK(has(body_of(refused), R"("code":"overloaded","ogem":{"who":"ogem","attempts":[]})"));
    auto client = server.connect();
    client.send("GET /health HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(status_of(client.read_message()) == "HTTP/1.1 200 OK");
}

TEST_CASE("a body that takes the last of the memory is refused while it comes") {
    Memory all(1 << 20);  // 192 KiB before requests are refused, and a body counts twice
    WorkerMemory worker(all);
    ServerLimits limits;
    limits.memory = &worker;
    TestServer server(echo, limits);
    CHECK(status_of(server.talk(post(std::string(200'000, 'x')))) ==
          "HTTP/1.1 503 Service Unavailable");
    CHECK(status_of(server.talk(post(std::string(20'000, 'x')))) == "HTTP/1.1 200 OK");
    const auto packed = gzip(std::string(200'000, 'x'));
    CHECK(status_of(server.talk(post(packed, "Content-Encoding: gzip\r\n"))) ==
          "HTTP/1.1 503 Service Unavailable");
    CHECK(status_of(server.talk(post(std::string(20'000, 'x')))) == "HTTP/1.1 200 OK");
}

TEST_CASE("a body over the limit is 413, before it was sent and while it is (4.16)") {
    ServerLimits limits;
    limits.message.max_body = 100;
    TestServer server(echo, limits);
    for (const std::string& request :
         {std::string("POST /b HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                      "Content-Length: 101\r\n\r\n"),
          post(std::string(101, 'x')),
          "POST /b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n" +
              std::string(101, 'x') + "\r\n0\r\n\r\n"}) {
        const auto answer = server.talk(request);
        CHECK_MESSAGE(has(status_of(answer), "413"), answer);
        CHECK(has(answer, "\"code\":\"request_too_large\""));
        CHECK(has(answer, "Connection: close\r\n"));
    }
    auto fine = server.connect();
    fine.send(post(std::string(100, 'x')));
    CHECK(has(fine.read_message(), "200 OK"));
}

TEST_CASE("a head over the limit is 431 (contract 9.21)") {
    ServerLimits limits;
    limits.message.max_header = 2000;
    TestServer server(echo, limits);
    const auto answer =
        server.talk("GET /a HTTP/1.1\r\nHost: x\r\nX-Long: " + std::string(3000, 'x') + "\r\n\r\n");
    CHECK(has(status_of(answer), "431"));
    CHECK(has(answer, "\"code\":\"header_too_large\""));
}

TEST_CASE("a kept-alive connection refuses a bad second request like a bad first one") {
    ServerLimits limits;
    limits.message.max_header = 2000;
    limits.message.max_body = 100;
    limits.head_timeout = limits.body_timeout = 60ms;
    TestServer server(echo, limits);
    const std::pair<std::string, std::string> bad[] = {
        {"GET /a HTTP/1.1\r\nX: " + std::string(3000, 'x'), "431"},
        {post(std::string(101, 'x')), "413"},
        {"nonsense\r\n\r\n", "400"},
        {"GET /a HTTP/1.1\r\nHo", "408"}};
    for (const auto& [request, status] : bad) {
        CAPTURE(status);
        auto client = server.connect();
        client.send(kGet);
        CHECK(body_of(client.read_message()) == "GET /a []");
        client.send(request);
        CHECK(has(status_of(client.read_message()), status));
        CHECK(client.ends());
    }
}

TEST_CASE("a refused HEAD on a kept-alive connection does not hide the next refusal's body") {
    ServerLimits limits;
    limits.message.max_header = 2000;
    TestServer server(echo, limits);
    const auto answer = server.talk("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\nnonsense\r\n\r\n");
    CHECK(has(answer, "\"code\":\"bad_request\""));
}

TEST_CASE("a request that does not arrive in time is 408, silence between requests is no request") {
    ServerLimits limits;
    limits.head_timeout = limits.body_timeout = limits.idle_timeout = 60ms;
    TestServer server(echo, limits);
    CHECK(has(status_of(server.talk("GET /a HT")), "408"));
    const auto body = server.talk("POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf");
    CHECK(has(status_of(body), "408"));
    CHECK(has(body, "\"code\":\"request_timeout\""));
    CHECK(server.talk("").empty());
}

TEST_CASE("one byte now and then does not buy a head more time (slow-loris, promises B)") {
    ServerLimits limits;
    limits.head_timeout = 100ms;
    TestServer server(echo, limits);
    auto client = server.connect();
    const auto began = Clock::now();
    for (int i = 0; i < 100 && client.is_quiet(); ++i) client.send("G");
    CHECK(Clock::now() - began < 1s);
    CHECK(has(client.read_all(), "408"));
}

TEST_CASE("a handler that answers nothing ends the connection") {
    TestServer server([](Connection&) -> Task<> { co_return; });
    CHECK(server.talk(kGet).empty());
}
