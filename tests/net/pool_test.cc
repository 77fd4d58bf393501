// Which connections of the pool are used again, and which must not be (contract section 9.4).
#include "net/pool.h"

#include "net/support/pool_story.h"

#include <doctest/doctest.h>

#include <string>
#include <thread>

using namespace ogem;
using namespace ogem::net;
using namespace ogem::test;

TEST_CASE("a second request to the same provider uses the same connection (9.4)") {
    std::string counts;
    {
        Provider provider(answering(1, counts));
        Client client(provider.port());
        client.run([](Client& c) -> Task<> {
            for (int i = 0; i < 3; ++i) {
                const auto answer = co_await c.ask();
                CHECK(answer.body == "ok");
                CHECK(c.pool.idle_connections() == 1);
            }
        });
    }
    CHECK(counts == "3");
}

TEST_CASE("a connection of one credential never serves another (promise 13)") {
    std::string counts;
    {
        Provider provider(answering(1, counts));
        Port other;
        Client client(provider.port());
        client.run([](Client& c) -> Task<> {
            co_await c.ask("one");
            CHECK(c.pool.idle_connections() == 1);
            const auto second = c.send("two");
            auto head = second->head();
            head.start();
            co_await c.pause(30ms);
            CHECK(c.pool.idle_connections() == 1);  // of "one", untouched
        });
    }
    CHECK(counts == "1");
}

TEST_CASE("a connection that the provider closed while it was idle is not used again (9.4)") {
    Provider provider([](Port& port) {
        for (int i = 0; i < 2; ++i) {
            auto stream = port.accept();
            CHECK(!stream.read_until("{}").empty());
            stream.send(kOk);
        }
    });
    Client client(provider.port());
    client.run([](Client& c) -> Task<> {
        co_await c.ask();
        co_await c.pause(60ms);
        CHECK(c.pool.idle_connections() == 0);
        const auto second = co_await c.ask();
        CHECK(second.body == "ok");
    });
}

TEST_CASE("a provider that says something unasked loses its connection (smuggling, 9.4)") {
    const std::string unasked = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil";
    for (const Duration delay : {Duration(0), Duration(40ms)}) {
        Provider provider([&](Port& port) {
            auto first = port.accept();
            first.read_until("{}");
            if (delay == Duration::zero()) {
                first.send(kOk + unasked);
            } else {
                first.send(kOk);
                std::this_thread::sleep_for(delay);
                first.send(unasked);
            }
            auto second = port.accept();
            second.read_until("{}");
            second.send(kOk);
        });
        Client client(provider.port());
        client.run([](Client& c) -> Task<> {
            const auto first = co_await c.ask();
            CHECK(first.body == "ok");
            co_await c.pause(100ms);
            CHECK(c.pool.idle_connections() == 0);
            const auto second = co_await c.ask();
            CHECK(second.body == "ok");
        });
    }
}

TEST_CASE("a connection is not kept longer than its keepalive time (9.4)") {
    std::string counts;
    Provider provider(answering(2, counts));
    Client client(provider.port());
    client.deadlines.keepalive = 50ms;
    client.run([](Client& c) -> Task<> {
        co_await c.ask();
        CHECK(c.pool.idle_connections() == 1);
        co_await c.pause(120ms);
        CHECK(c.pool.idle_connections() == 0);
    });
    client.deadlines.keepalive = 0s;
    Stream::to(provider.port());  // for its second accept
}

TEST_CASE("with no keepalive time no connection is kept") {
    std::string counts;
    Provider provider(answering(1, counts));
    Client client(provider.port());
    client.deadlines.keepalive = 0s;
    client.run([](Client& c) -> Task<> {
        co_await c.ask();
        CHECK(c.pool.idle_connections() == 0);
    });
}

TEST_CASE("a provider that says Connection: close is believed") {
    Provider provider(
        saying("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", false));
    Client client(provider.port());
    client.run([](Client& c) -> Task<> {
        const auto answer = co_await c.ask();
        CHECK(answer.body == "ok");
        CHECK(c.pool.idle_connections() == 0);
    });
}

TEST_CASE("a request of which nothing went out is sent again on a new connection (9.4)") {
    Provider provider([](Port& port) {
        auto first = port.accept();
        first.read_until("{}");
        first.send(kOk);
        std::this_thread::sleep_for(60ms);
        first.reset();
        auto second = port.accept();
        CHECK(!second.read_until("{}").empty());
        second.send(kOk);
    });
    Client client(provider.port());
    client.run([](Client& c) -> Task<> {
        co_await c.ask();
        std::this_thread::sleep_for(200ms);  // the loop does not see the reset
        const auto second = co_await c.ask();
        CHECK(second.body == "ok");
    });
}

TEST_CASE("a request that went out is never sent again by itself: it may have been charged (9.4)") {
    Provider provider([](Port& port) {
        auto first = port.accept();
        first.read_until("{}");
        first.send(kOk);
        first.read_until("{}");
        first.close();
        CHECK(port.is_quiet());
    });
    Client client(provider.port());
    client.run([](Client& c) -> Task<> {
        co_await c.ask();
        const auto second = co_await c.ask();
        CHECK(second.status == 0);
        CHECK(second.error.kind == Kind::connection);
        CHECK(second.sent == Sent::everything);
    });
}

TEST_CASE("a stream left at its terminal event keeps its connection when the rest comes") {
    const std::string start = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ndone\r\n";
    for (const bool at_once : {true, false}) {
        CAPTURE(at_once);
        Provider provider([&](Port& port) {
            auto stream = port.accept();
            stream.read_until("{}");
            if (!at_once) stream.send(start);
            if (!at_once) std::this_thread::sleep_for(40ms);
            stream.send(at_once ? start + "0\r\n\r\n" : "0\r\n\r\n");
            CHECK(!stream.read_until("{}").empty());
            stream.send(kOk);
            stream.ends();
        });
        Client client(provider.port());
        client.run([](Client& c) -> Task<> {
            auto transfer = c.send();
            co_await transfer->head();
            const auto piece = co_await transfer->read();
            CHECK(*piece == "done");
            transfer->no_more_needed();
            transfer.reset();
            co_await c.pause(100ms);
            CHECK(c.pool.idle_connections() == 1);
            const auto second = co_await c.ask();
            CHECK(second.body == "ok");
        });
    }
}

TEST_CASE("a stream left at its terminal event loses its connection when more than the end comes") {
    for (const std::string rest : {"0\r\n\r\nHTTP/1.1 200 OK\r\n", "zzz\r\n", ""}) {
        CAPTURE(rest);
        Provider provider([&](Port& port) {
            auto stream = port.accept();
            stream.read_until("{}");
            stream.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ndone\r\n");
            std::this_thread::sleep_for(30ms);
            stream.send(rest);
            CHECK(stream.ends());
        });
        Client client(provider.port());
        client.run([](Client& c) -> Task<> {
            auto transfer = c.send();
            co_await transfer->head();
            co_await transfer->read();
            transfer->no_more_needed();
            transfer.reset();
            co_await c.pause(1200ms);  // longer than the pool waits for the end
            CHECK(c.pool.idle_connections() == 0);
        });
    }
}

TEST_CASE("destroying a Transfer closes its connection at once, in every phase (promise 3)") {
    static std::string sent;
    for (const std::string bytes :
         {"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"}) {
        sent = bytes;
        Duration took{};
        Provider provider([&](Port& port) {
            auto stream = port.accept();
            stream.read_until("{}");
            stream.send(sent);
            std::this_thread::sleep_for(60ms);  // the Transfer is destroyed after 80 ms
            const auto before = Clock::now();
            CHECK(stream.ends());
            took = Clock::now() - before;
        });
        Client client(provider.port());
        client.run([](Client& c) -> Task<> {
            auto transfer = c.send();
            auto ask = [](Transfer& t) -> Task<> {
                co_await t.head();
                co_await t.read();
                co_await t.read();
            };
            auto task = ask(*transfer);
            task.start();
            co_await c.pause(80ms);
            CHECK_FALSE(task.done());
            task.reset();
            transfer.reset();
            CHECK(c.pool.idle_connections() == 0);
        });
        provider.join();
        CHECK(took < 150ms);
    }
}

TEST_CASE("no more connections than allowed are opened to one host") {
    Provider provider(saying("", false));
    Pool::Limits limits;
    limits.max_connections = 1;
    Client client(provider.port(), limits);
    client.run([](Client& c) -> Task<> {
        const auto first = c.send();
        auto waiting = first->head();
        waiting.start();
        co_await c.pause(40ms);
        const auto second = co_await c.ask();
        CHECK(second.error.kind == Kind::unavailable);
    });
}
