// One request to a provider: what its answer may look like, and how long it may take.
#include "net/support/pool_story.h"

#include <doctest/doctest.h>

#include <string>
#include <thread>

using namespace ogem;
using namespace ogem::net;
using namespace ogem::test;

TEST_CASE("a closed port is told by its address and the system's words") {
    Port port;
    const auto number = port.number();
    port.close();
    Client client(number);
    client.run([](Client& c) -> Task<> {
        const auto answer = co_await c.ask();
        CHECK(answer.error.kind == Kind::connection);
        CHECK(answer.error.message == cat("127.0.0.1:", c.url.port, ": Connection refused"));
        CHECK(answer.sent == Sent::nothing);
    });
}

TEST_CASE("a host that does not take the connection times out (promises A)") {
    Port port(0);
    std::vector<Stream> queue;  // fills the backlog: what comes after it is not answered
    for (int i = 0; i < 4; ++i) queue.push_back(Stream::knocking(port.number()));
    Client client(port.number());
    client.deadlines.connect = 80ms;
    client.run([](Client& c) -> Task<> {
        const auto before = c.loop.now();
        const auto answer = co_await c.ask();
        CHECK(answer.error.kind == Kind::timeout);
        CHECK(c.loop.now() - before < 1s);
    });
}

TEST_CASE("a provider that is silent after the request times out at first_byte") {
    const auto answer = answer_to("", false);
    CHECK(answer.error.kind == Kind::timeout);
    CHECK(answer.sent == Sent::everything);
}

TEST_CASE("half a head is no first byte") {
    CHECK(answer_to("HTTP/1.1 200 OK\r\nContent-", false).error.kind == Kind::timeout);
}

TEST_CASE("a body that stalls times out at idle, and says that it stalled") {
    const auto answer = answer_to("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", false);
    CHECK(answer.body == "half");
    CHECK(answer.error.kind == Kind::timeout);
    CHECK(answer.error.message.ends_with("the answer stalled"));
}

TEST_CASE("the deadline of the whole request ends every wait") {
    Provider provider(saying("", false));
    Client client(provider.port());
    client.deadlines.total = Clock::now() + 80ms;
    client.run([](Client& c) -> Task<> {
        const auto answer = co_await c.ask();
        CHECK(answer.error.kind == Kind::timeout);
        CHECK(c.loop.now() - c.deadlines.total < 500ms);
    });
}

TEST_CASE("1xx answers are skipped, however many and however cut (promises A)") {
    const std::string hints = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n";
    CHECK(answer_to("HTTP/1.1 100 Continue\r\n\r\n" + hints + hints + kOk).body == "ok");
    static Answer answer;
    Provider provider([&](Port& port) {
        auto stream = port.accept();
        stream.read_until("{}");
        for (const char c : hints + kOk) stream.send(std::string(1, c));
        stream.ends();
    });
    Client client(provider.port());
    client.run([](Client& c) -> Task<> { answer = co_await c.ask(); });
    CHECK(answer.status == 200);
    CHECK(answer.body == "ok");
}

TEST_CASE("101 is a failure: nobody asked for another protocol") {
    CHECK(answer_to("HTTP/1.1 101 Switching Protocols\r\n\r\n", false).error.kind ==
          Kind::upstream);
}

TEST_CASE("a body cut short is an error, by length and by chunks (promise 1)") {
    for (const std::string bytes :
         {"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf"}) {
        const auto answer = answer_to(bytes);
        CHECK(answer.body == "half");
        CHECK(answer.error.kind == Kind::connection);
    }
    CHECK(answer_to("").error.kind == Kind::connection);
    CHECK(answer_to("HTTP/1.1 200").error.kind == Kind::connection);
}

TEST_CASE("a body without a length ends where the connection ends") {
    const auto answer = answer_to("HTTP/1.1 200 OK\r\n\r\nall of it");
    CHECK(answer.body == "all of it");
    CHECK(answer.error.message.empty());
}

TEST_CASE("what is not HTTP, or could be read in two ways, is refused") {
    for (const std::string bytes :
         {"SSH-2.0-OpenSSH_9.2\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
          "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"})
        CHECK_MESSAGE(answer_to(bytes, false).error.kind == Kind::upstream, bytes);
}

TEST_CASE("a head over the limit is refused, not read for ever") {
    const auto answer =
        answer_to("HTTP/1.1 200 OK\r\nX-Long: " + std::string(100'000, 'x') + "\r\n\r\n", false);
    CHECK(answer.error.kind == Kind::upstream);
    CHECK(answer.error.message.find("larger than") != std::string::npos);
}

TEST_CASE("an answer of many megabytes comes through, byte by byte the same") {
    std::string body;
    for (int i = 0; body.size() < 3'000'000; ++i) append(body, i, ' ');
    const auto answer =
        answer_to(cat("HTTP/1.1 200 OK\r\nContent-Length: ", body.size(), "\r\n\r\n", body), false);
    CHECK(answer.body == body);
}

TEST_CASE("a large request reaches a provider that reads slowly") {
    static const std::string body(5'000'000, 'y');
    Provider provider([](Port& port) {
        auto stream = port.accept();
        std::this_thread::sleep_for(60ms);
        stream.read_until("\r\n\r\n");
        CHECK(stream.read(body.size()) == body);
        stream.send(kOk);
        stream.ends();
    });
    Client client(provider.port());
    client.body = body;
    client.run([](Client& c) -> Task<> {
        const auto answer = co_await c.ask();
        CHECK(answer.body == "ok");
    });
}
