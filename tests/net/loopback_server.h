// A small HTTP server on 127.0.0.1 for tests of clients: one request per connection, answered by a
// function on the server's own thread.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace ogem::test {

class LoopbackServer {
public:
    // Request head (and what of the body came with it) -> bytes of the answer.
    using Answer = std::function<std::string(const std::string& request)>;

    // Talks on the connection itself; it is closed afterwards.
    using Talk = std::function<void(int connection, const std::string& request)>;

    explicit LoopbackServer(Answer answer);
    static LoopbackServer talking(Talk talk) { return LoopbackServer(std::move(talk), 0); }
    ~LoopbackServer();
    LoopbackServer(const LoopbackServer&) = delete;

    std::string url(const std::string& path) const;  // "http://127.0.0.1:PORT" + path
    unsigned short port() const { return port_; }
    std::vector<std::string> requests() const;  // so far

private:
    LoopbackServer(Talk talk, int);
    void serve();
    void serve_one(int connection);

    Talk talk_;
    int listener_ = -1;
    unsigned short port_ = 0;
    mutable std::mutex mutex_;
    std::vector<std::string> requests_;  // guarded by mutex_
    std::thread thread_;
};

void send_all(int connection, std::string_view bytes);

// "HTTP/1.1 STATUS x", the header lines, Content-Length and the body.
std::string http_answer(int status, const std::string& header_lines, const std::string& body);

}  // namespace ogem::test
