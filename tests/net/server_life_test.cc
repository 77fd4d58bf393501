// Streams, slow readers, clients that leave, and the server's own end.
#include "base/text.h"
#include "net/address.h"
#include "net/support/test_server.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <future>
#include <string>

using namespace ogem;
using namespace ogem::net;
using namespace ogem::test;

namespace {

const std::string kGet = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";

bool soon(const std::atomic<bool>& fact) {
    for (int i = 0; i < 200 && !fact; ++i) std::this_thread::sleep_for(10ms);
    return fact;
}

// Tells when it is destroyed.
struct Flag {
    std::atomic<bool>& raised;
    ~Flag() { raised = true; }
};

Task<> answer_after(Connection& connection, Duration pause) {
    co_await Sleep(connection.loop(), connection.loop().now() + pause);
    connection.reply(200, "", "late");
}

}  // namespace

TEST_CASE("each write of a stream arrives at once, as a chunk of its own") {
    TestServer server([](Connection& connection) -> Task<> {
        connection.begin_stream(200, "Content-Type: text/event-stream\r\n");
        connection.write("first");
        co_await Sleep(connection.loop(), connection.loop().now() + 200ms);
        connection.finish("last");
    });
    auto client = server.connect();
    client.send(kGet);
    const auto began = Clock::now();
    CHECK(client.read_until("\r\n\r\n").find("Transfer-Encoding: chunked") != std::string::npos);
    CHECK(client.read_until("\r\nfirst\r\n") == "5\r\nfirst\r\n");
    CHECK(Clock::now() - began < 150ms);
    CHECK(client.read_until("0\r\n\r\n") == "4\r\nlast\r\n0\r\n\r\n");
    client.send(kGet);  // the connection lives on
    CHECK(!client.read_until("first").empty());
}

TEST_CASE("a stream that is cut has no last chunk, and its connection ends (promise 1)") {
    TestServer server([](Connection& connection) -> Task<> {
        connection.begin_stream(200, "");
        connection.write("half");
        connection.cut();
        co_return;
    });
    const auto answer = server.talk(kGet);
    CHECK(answer.ends_with("4\r\nhalf\r\n"));
}

TEST_CASE("a stream to HTTP/1.0 that is cut ends with a reset: nothing else would tell") {
    TestServer server([](Connection& connection) -> Task<> {
        connection.begin_stream(200, "");
        connection.write("half");
        connection.cut();
        co_return;
    });
    auto client = server.connect();
    client.send("GET /a HTTP/1.0\r\n\r\n");
    char byte;
    ssize_t n;
    while ((n = ::read(client.fd(), &byte, 1)) > 0) {
    }
    CHECK(n < 0);
}

TEST_CASE("a slow reader makes the writer wait, then gets everything (promises B)") {
    static std::atomic<int> waited;
    static std::atomic<std::size_t> most;
    waited = 0;
    most = 0;
    ServerLimits limits;
    limits.max_pending = 64 * 1024;
    const std::string piece(10'000, 'x');
    TestServer server(
        [&](Connection& connection) -> Task<> {
            connection.begin_stream(200, "");
            for (int i = 0; i < 3000; ++i) {
                connection.write(piece);
                if (!connection.must_wait()) continue;
                ++waited;
                const bool going_on = co_await connection.drained(connection.loop().now() + 10s);
                CHECK(going_on);
            }
            connection.finish();
        },
        limits);
    auto client = server.connect();
    client.send(kGet);
    std::this_thread::sleep_for(100ms);
    CHECK(waited == 1);
    const auto answer = client.read_until("\r\n0\r\n\r\n");
    CHECK(answer.size() > 3000 * piece.size());
    CHECK(answer.ends_with("\r\n0\r\n\r\n"));
}

TEST_CASE("a reader that stops is given up at the deadline") {
    static std::atomic<bool> gave_up;
    gave_up = false;
    TestServer server([](Connection& connection) -> Task<> {
        connection.begin_stream(200, "");
        const std::string piece(100'000, 'x');
        while (!connection.must_wait()) connection.write(piece);
        const bool going_on = co_await connection.drained(connection.loop().now() + 60ms);
        gave_up = !going_on;
    });
    auto client = server.connect();
    client.send(kGet);
    CHECK(soon(gave_up));
}

TEST_CASE("a client that leaves takes its handler with it within 50 ms (promise 3)") {
    for (const bool by_reset : {false, true}) {
        static std::atomic<bool> begun, gone;
        begun = gone = false;
        TestServer server([](Connection& connection) -> Task<> {
            const Flag flag{gone};
            begun = true;
            co_await Sleep(connection.loop(), connection.loop().now() + 1h);
        });
        auto client = server.connect();
        client.send(kGet);
        CHECK(soon(begun));
        const auto left = Clock::now();
        by_reset ? client.reset() : client.close();
        CHECK(soon(gone));
        CHECK(Clock::now() - left < 200ms);
    }
}

TEST_CASE("a handler that goes on without its client runs to its end (on_client_gone)") {
    static std::atomic<bool> begun, done, still_has_client;
    begun = done = false;
    still_has_client = true;
    TestServer server([](Connection& connection) -> Task<> {
        connection.go_on_without_client(true);
        begun = true;
        co_await Sleep(connection.loop(), connection.loop().now() + 150ms);
        connection.begin_stream(200, "");
        for (int i = 0; i < 3; ++i) {
            connection.write("nobody reads this");
            co_await Sleep(connection.loop(), connection.loop().now() + 30ms);
        }
        connection.finish();
        still_has_client = !connection.gone();
        done = true;
    });
    auto client = server.connect();
    client.send(kGet);
    CHECK(soon(begun));
    client.reset();
    CHECK(soon(done));
    CHECK_FALSE(still_has_client);
}

TEST_CASE("a handler that goes on is not held up by a reader who stopped and left") {
    static std::atomic<bool> done, waiting;
    done = waiting = false;
    TestServer server([](Connection& connection) -> Task<> {
        connection.go_on_without_client(true);
        connection.begin_stream(200, "");
        const std::string piece(100'000, 'x');
        while (!connection.must_wait()) connection.write(piece);
        waiting = true;
        const bool going_on = co_await connection.drained(connection.loop().now() + 1h);
        CHECK(going_on);
        connection.finish();
        done = true;
    });
    auto client = server.connect();
    client.send(kGet);
    CHECK(soon(waiting));
    client.reset();
    CHECK(soon(done));
}

TEST_CASE("a body that comes byte by byte does not hold its place for ever (promises B)") {
    ServerLimits limits;
    limits.request_timeout = 100ms;
    TestServer server(echo, limits);
    auto client = server.connect();
    client.send("POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
    for (int i = 0; i < 4; ++i) {
        client.send("x");
        std::this_thread::sleep_for(50ms);
    }
    CHECK(client.read_message().starts_with("HTTP/1.1 408"));
    CHECK(client.ends());
}

TEST_CASE("draining ends idle connections at once and lets requests under way end") {
    TestServer server([](Connection& connection) { return answer_after(connection, 200ms); });
    auto busy = server.connect(), idle = server.connect();
    busy.send(kGet);
    idle.send(kGet);
    idle.read_message();
    busy.read_message();
    busy.send(kGet);
    std::this_thread::sleep_for(50ms);
    std::promise<void> done;
    server.inside(
        [&](Server& s, Loop& loop) { s.drain(loop.now() + 5s, [&done] { done.set_value(); }); });
    CHECK(idle.ends());
    const auto last = busy.read_message();
    CHECK(last.ends_with("late"));
    CHECK(last.find("Connection: close") != std::string::npos);
    CHECK(done.get_future().wait_for(2s) == std::future_status::ready);
    auto late = server.connect();
    CHECK(late.fd() < 0);  // nobody listens any more
}

TEST_CASE("draining does not wait longer than its deadline") {
    TestServer server([](Connection& connection) { return answer_after(connection, 1h); });
    auto client = server.connect();
    client.send(kGet);
    std::this_thread::sleep_for(30ms);
    std::promise<void> done;
    server.inside(
        [&](Server& s, Loop& loop) { s.drain(loop.now() + 60ms, [&done] { done.set_value(); }); });
    CHECK(done.get_future().wait_for(2s) == std::future_status::ready);
}

TEST_CASE("draining with nobody there is done at once") {
    TestServer server(echo);
    std::promise<void> done;
    server.inside(
        [&](Server& s, Loop& loop) { s.drain(loop.now() + 5s, [&done] { done.set_value(); }); });
    CHECK(done.get_future().wait_for(1s) == std::future_status::ready);
}

TEST_CASE("a hundred clients at the same time are a hundred requests") {
    TestServer server([](Connection& connection) { return answer_after(connection, 30ms); });
    std::vector<Stream> clients;
    for (int i = 0; i < 100; ++i) {
        clients.push_back(server.connect());
        clients.back().send(kGet);
    }
    for (auto& client : clients) CHECK(client.read_message().ends_with("late"));
}
