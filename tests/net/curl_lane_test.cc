#include "net/curl_lane.h"

#include "base/text.h"
#include "net/curl_job.h"
#include "net/loopback_server.h"
#include "net/wait.h"

#include <doctest/doctest.h>
#include <sys/socket.h>

#include <atomic>
#include <cstdlib>
#include <future>

using namespace ogem;
using namespace ogem::net;
using test::http_answer;
using test::LoopbackServer;
using test::send_all;

namespace {

// What is sent directly, when no proxy is set for it.
class Direct : public Sender {
public:
    std::unique_ptr<Transfer> send(UpstreamRequest, Deadlines) override {
        ++asked;
        return nullptr;
    }
    int asked = 0;
};

struct Got {
    std::optional<CurlJob::Head> head;
    std::string body;
    std::optional<Error> error;
    Sent sent = Sent::nothing;
    bool done = false;
};

struct Ask {
    std::string url = "http://provider.invalid";
    std::string body = R"({"model":"gpt-4"})";
    Deadlines deadlines{.connect = 5s, .first_byte = 5s, .idle = 5s, .keepalive = 55s};
};

// Its length is wrong on purpose: the lane counts by itself.
std::string head_for(const std::string& body) {
    return cat("POST /v1/chat/completions HTTP/1.1\r\nHost: provider.invalid\r\n",
               "Authorization: Bearer sk-upstream\r\nContent-Type: application/json\r\n",
               "X-Empty:\r\nContent-Length: ", body.size() + 1, "\r\n\r\n");
}

// Runs one request to its end, then stops the loop.
Task<> converse(Transfer& transfer, Got& got, Loop& loop) {
    auto head = co_await transfer.head();
    if (!head) {
        got.error = head.error();
    } else {
        got.head = {head->status, *head->headers};
        while (true) {
            auto piece = co_await transfer.read();
            if (!piece) got.error = piece.error();
            if (!piece || piece->empty()) break;
            got.body += *piece;
        }
    }
    got.sent = transfer.sent();
    got.done = true;
    loop.stop();
}

struct World {
    Loop loop;
    Direct direct;
    std::optional<CurlLane> lane;

    explicit World(const std::string& proxy, config::Environment more = {}) {
        more["ALL_PROXY"] = proxy;
        lane.emplace(loop, direct, proxies_of(more), Trust{});
    }

    std::unique_ptr<Transfer> send(const Ask& ask) {
        url = wire::parse_url(ask.url).value();
        UpstreamRequest request;
        request.url = &url;
        request.credential_class = "a";
        request.head = head_for(ask.body);
        request.body = ask.body;
        return lane->send(std::move(request), ask.deadlines);
    }

    Got run(const Ask& ask = {}) {
        Got got;
        auto transfer = send(ask);
        REQUIRE(transfer);
        auto task = converse(*transfer, got, loop);
        task.start();
        run_loop();
        CHECK(got.done);
        return got;
    }

    void run_loop() {
        Timer guard(loop, {[](void* self) { static_cast<Loop*>(self)->stop(); }, &loop});
        guard.arm(Clock::now() + 20s);
        loop.run();
    }

    wire::Url url;
};

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("a provider behind a proxy is asked through it, with the request as it was written") {
    LoopbackServer proxy([](const auto&) { return http_answer(200, "X-Here: yes\r\n", "answer"); });
    setenv("NO_PROXY", "provider.invalid", 1);  // the Proxies decide, not the environment
    const auto got = World(proxy.url("")).run();
    unsetenv("NO_PROXY");
    REQUIRE_MESSAGE(!got.error, got.error->message);
    CHECK(got.head->status == 200);
    CHECK(wire::header(got.head->headers, "x-here") == "yes");
    CHECK(got.body == "answer");
    CHECK(got.sent == Sent::everything);
    const auto request = proxy.requests().at(0);
    CHECK(request.starts_with("POST http://provider.invalid/v1/chat/completions HTTP/1.1\r\n"));
    CHECK(contains(request, "\r\nAuthorization: Bearer sk-upstream\r\n"));
    CHECK(contains(request, "\r\nX-Empty:\r\n"));
    CHECK(contains(request, "\r\nContent-Length: 17\r\n"));
    CHECK_FALSE(contains(request, "Expect:"));
    CHECK_FALSE(contains(request, "Accept:"));
}

TEST_CASE("what NO_PROXY names is sent directly") {
    World world("http://127.0.0.1:1", {{"NO_PROXY", "provider.invalid"}});
    CHECK(world.send({}) == nullptr);
    CHECK(world.direct.asked == 1);
}

TEST_CASE("a stream comes piece by piece, and its proper end is seen") {
    auto proxy = LoopbackServer::talking([](int connection, const auto&) {
        send_all(connection,
                 "HTTP/1.1 103 x\r\nLink: a\r\n\r\n"
                 "HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 3; ++i) {
            send_all(connection, "7\r\ndata: x\r\n");
            std::this_thread::sleep_for(20ms);
        }
        send_all(connection, "0\r\n\r\n");
    });
    const auto got = World(proxy.url("")).run();
    REQUIRE_MESSAGE(!got.error, got.error->message);
    CHECK(got.head->status == 200);
    CHECK(got.head->headers.size() == 1);
    CHECK(got.body == "data: xdata: xdata: x");
}

TEST_CASE("a body cut short is an error after the pieces that came (promise 1)") {
    auto proxy = LoopbackServer::talking([](int connection, const auto&) {
        send_all(connection,
                 "HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n7\r\ndata: x\r\n");
    });
    const auto got = World(proxy.url("")).run();
    CHECK(got.body == "data: x");
    REQUIRE(got.error);
    CHECK(got.error->kind == Kind::connection);
    CHECK(got.error->message.starts_with("provider.invalid:80: "));
}

TEST_CASE("a slow reader holds the upstream back, and gets every byte") {
    const std::string big(4u << 20, 'x');
    std::atomic<std::size_t> taken = 0;
    auto proxy = LoopbackServer::talking([&](int connection, const auto&) {
        send_all(connection, cat("HTTP/1.1 200 x\r\nContent-Length: ", big.size(), "\r\n\r\n"));
        const int small = 64 * 1024;
        setsockopt(connection, SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
        for (std::size_t at = 0; at < big.size(); at += 65536) {
            send_all(connection, std::string_view(big).substr(at, 65536));
            taken = at + 65536;
        }
    });
    World world(proxy.url(""));
    auto transfer = world.send({});
    std::size_t taken_while_waiting = 0;
    std::string body, why;
    auto read_late = [&](Transfer& t) -> Task<> {
        auto head = co_await t.head();
        REQUIRE(head);
        co_await Sleep(world.loop, world.loop.now() + 200ms);
        taken_while_waiting = taken;
        while (true) {
            auto piece = co_await t.read();
            if (!piece) why = piece.error().message;
            if (!piece || piece->empty()) break;
            body += *piece;
        }
        world.loop.stop();
    };
    auto task = read_late(*transfer);
    task.start();
    world.run_loop();
    CHECK_MESSAGE(taken_while_waiting < big.size(), "nobody read: the upstream must wait");
    CHECK_MESSAGE(body == big, why);
}

TEST_CASE("destroying a transfer closes the connection within 50 ms (promise 3)") {
    std::promise<TimePoint> closed;
    auto proxy = LoopbackServer::talking([&](int connection, const auto&) {
        send_all(connection, "HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n");
        char byte;
        while (::recv(connection, &byte, 1, 0) > 0) {
        }
        closed.set_value(Clock::now());
    });
    World world(proxy.url(""));
    auto transfer = world.send({});
    Got got;
    auto task = converse(*transfer, got, world.loop);
    task.start();
    Timer later(world.loop, {[](void* self) { static_cast<Loop*>(self)->stop(); }, &world.loop});
    later.arm(Clock::now() + 100ms);
    world.run_loop();
    REQUIRE(got.head);
    const auto gone = Clock::now();
    task.reset();
    transfer.reset();
    CHECK(closed.get_future().get() - gone < 50ms);
}

TEST_CASE("a head that does not come and a body that stalls are timeouts") {
    std::promise<void> over;
    auto end = over.get_future().share();
    auto silent = LoopbackServer::talking([&](int, const auto&) { end.wait(); });
    auto stalled = LoopbackServer::talking([&](int connection, const auto&) {
        send_all(connection, "HTTP/1.1 200 x\r\nContent-Length: 9\r\n\r\nabc");
        end.wait();
    });
    Ask ask;
    ask.deadlines = {.connect = 50ms, .first_byte = 100ms, .idle = 100ms, .keepalive = 55s};
    const auto late = World(silent.url("")).run(ask);
    REQUIRE(late.error);
    CHECK(late.error->kind == Kind::timeout);
    CHECK(late.sent == Sent::everything);
    const auto stuck = World(stalled.url("")).run(ask);
    REQUIRE(stuck.error);
    CHECK(stuck.error->kind == Kind::timeout);
    CHECK(stuck.body == "abc");
    over.set_value();
}

TEST_CASE("https goes through a tunnel that never sees the provider's key") {
    LoopbackServer proxy([](const auto&) { return http_answer(403, "", "not you"); });
    const auto address = cat("http://me:s3cret@127.0.0.1:", proxy.port());
    const auto got = World(address).run({.url = "https://provider.invalid"});
    REQUIRE(got.error);
    CHECK(got.error->kind == Kind::connection);
    CHECK(got.sent == Sent::nothing);
    CHECK(got.error->message.starts_with("provider.invalid:443: through the proxy: "));
    CHECK_FALSE(contains(got.error->message, "s3cret"));
    const auto request = proxy.requests().at(0);
    CHECK(request.starts_with("CONNECT provider.invalid:443 HTTP/1.1\r\n"));
    CHECK(contains(request, "Proxy-Authorization: Basic bWU6czNjcmV0"));
    CHECK_FALSE(contains(request, "sk-upstream"));
}

TEST_CASE("a proxy that is not there is a connection error, and nothing was sent") {
    unsigned short port = 0;
    {
        LoopbackServer gone([](const auto&) { return ""; });
        port = gone.port();
    }
    const auto got = World(cat("http://127.0.0.1:", port)).run();
    REQUIRE(got.error);
    CHECK(got.error->kind == Kind::connection);
    CHECK(got.sent == Sent::nothing);
}

TEST_CASE("a lane that is destroyed with nothing under way leaves nothing behind") {
    LoopbackServer proxy([](const auto&) { return http_answer(200, "", "x"); });
    for (int i = 0; i < 5; ++i) {
        World world(proxy.url(""));
        auto transfer = world.send({});
        transfer.reset();
    }
}
