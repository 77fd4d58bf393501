// A server on a loop of its own thread, with a handler that the test writes.
#pragma once

#include "net/server.h"
#include "net/support/stream.h"

#include <functional>
#include <string>
#include <thread>

namespace ogem::test {

class TestServer {
public:
    using Handle = std::function<Task<>(net::Connection&)>;

    explicit TestServer(Handle handle, net::ServerLimits limits = {})
        : handle_(std::move(handle)),
          server_(loop_, limits,
                  {[](void* self, net::Connection& connection) {
                       return static_cast<TestServer*>(self)->handle_(connection);
                   },
                   this}) {
        port_ = ports_.number();
        make_non_blocking(ports_.fd());
        server_.listen(ports_.take_fd());
        thread_ = std::thread([this] { loop_.run(); });
    }
    ~TestServer() {
        loop_.stop();
        thread_.join();
    }

    unsigned short port() const { return port_; }
    Stream connect() const { return Stream::to(port_); }
    // What one connection answers to `bytes`, up to its end or two seconds of silence.
    std::string talk(std::string_view bytes) const {
        auto stream = connect();
        stream.send(bytes);
        return stream.read_all();
    }
    // Runs `work` on the server's thread.
    void inside(std::move_only_function<void(net::Server&, net::Loop&)> work) {
        loop_.post([this, work = std::move(work)]() mutable { work(server_, loop_); });
    }

private:
    const Handle handle_;
    Port ports_;
    unsigned short port_ = 0;
    net::Loop loop_;
    net::Server server_;
    std::thread thread_;
};

// Answers "METHOD TARGET [BODY]".
inline Task<> echo(net::Connection& connection) {
    const auto& request = connection.request();
    connection.reply(200, "Content-Type: text/plain\r\n",
                     request.method + " " + request.target + " [" + request.body + "]");
    co_return;
}

}  // namespace ogem::test
