// A pool of connections and a provider at the other end of the loopback, for tests.
#pragma once

#include "base/text.h"
#include "net/pool.h"
#include "net/resolver.h"
#include "net/support/stream.h"
#include "net/tls.h"
#include "net/wait.h"

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <thread>
#include <utility>

namespace ogem::test {

using net::Sent;

inline const std::string kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

// A provider: what it does runs on a thread of its own.
class Provider {
public:
    explicit Provider(std::function<void(Port&)> life)
        : thread_([this, life = std::move(life)] { life(port_); }) {}
    ~Provider() { join(); }
    unsigned short port() const { return port_.number(); }
    void join() {
        if (thread_.joinable()) thread_.join();
    }

private:
    Port port_;
    std::thread thread_;
};

struct Answer {
    int status = 0;
    std::string body;
    Error error;
    Sent sent = Sent::nothing;
};

// Our side: a pool on a loop of this thread.
struct Client {
    net::Loop loop;
    net::Resolver resolver;
    net::TlsContext tls;
    net::Pool pool;
    wire::Url url;
    net::Deadlines deadlines{1s, 1s, 1s, 10s};
    std::string body = "{}";

    explicit Client(unsigned short port, net::Pool::Limits limits = {})
        : pool(loop, resolver, tls, limits) {
        url.host = "127.0.0.1";
        url.port = port;
    }

    std::unique_ptr<net::Transfer> send(const std::string& credential_class = "openai") {
        net::UpstreamRequest request;
        request.url = &url;
        request.credential_class = credential_class;
        request.head =
            cat("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: ", body.size(), "\r\n\r\n");
        request.body = body;
        return pool.send(std::move(request), deadlines);
    }

    Task<Answer> ask(std::string credential_class = "openai") {
        const auto transfer = send(credential_class);
        Answer answer;
        auto head = co_await transfer->head();
        answer.sent = transfer->sent();
        if (!head) answer.error = head.error();
        if (!head) co_return answer;
        answer.status = head->status;
        while (true) {
            auto piece = co_await transfer->read();
            if (!piece) answer.error = piece.error();
            if (!piece || piece->empty()) co_return answer;
            answer.body += *piece;
        }
    }

    Task<> pause(Duration length) { co_await net::Sleep(loop, loop.now() + length); }

    // Runs `story` to its end; the test fails rather than hangs.
    void run(Task<> (*story)(Client&)) {
        auto task = follow(story);
        task.start();
        net::Timer guard(loop, {[](void* self) { static_cast<net::Loop*>(self)->stop(); }, &loop});
        guard.arm(Clock::now() + 8s);
        loop.run();
        CHECK(task.done());
    }

private:
    Task<> follow(Task<> (*story)(Client&)) {
        auto task = story(*this);
        co_await task;
        loop.stop();
    }
};

// Answers every request of the next `connections` connections with kOk; how many came.
inline std::function<void(Port&)> answering(int connections, std::string& counts) {
    return [connections, &counts](Port& port) {
        for (int i = 0; i < connections; ++i) {
            auto stream = port.accept();
            int requests = 0;
            while (!stream.read_until("{}").empty() && stream.send(kOk)) ++requests;
            append(counts, counts.empty() ? "" : " ", requests);
        }
    };
}

// Reads one request of one connection and sends `bytes`; then keeps the line open for a moment.
inline std::function<void(Port&)> saying(std::string bytes, bool and_closes) {
    return [bytes = std::move(bytes), and_closes](Port& port) {
        auto stream = port.accept();
        stream.read_until("{}");
        stream.send(bytes);
        if (!and_closes) stream.ends();
    };
}

inline Answer answer_to(const std::string& bytes, bool and_closes = true) {
    static Answer answer;
    answer = {};
    Provider provider(saying(bytes, and_closes));
    Client client(provider.port());
    client.deadlines.first_byte = client.deadlines.idle = 150ms;
    client.run([](Client& c) -> Task<> { answer = co_await c.ask(); });
    return answer;
}

}  // namespace ogem::test
