// The far end of a TCP connection, for tests: blocking, and patient for two seconds at most.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace ogem::test {

class Stream {
public:
    Stream() = default;
    explicit Stream(int fd);  // takes it
    Stream(Stream&& other) noexcept
        : fd_(std::exchange(other.fd_, -1)), kept_(std::move(other.kept_)) {}
    Stream& operator=(Stream&& other) noexcept;
    ~Stream() { close(); }

    static Stream to(unsigned short port);
    // A connection that may never be accepted: waits for nothing.
    static Stream knocking(unsigned short port);  // of 127.0.0.1

    int fd() const { return fd_; }
    bool send(std::string_view bytes);  // false: the peer has gone

    // Up to and including `mark`; what came until then if the peer ends or is silent too long.
    std::string read_until(std::string_view mark);
    std::string read(std::size_t size);
    std::string read_all();  // until the peer ends
    // "HTTP/1.1 200 OK...", head and body by Content-Length.
    std::string read_message();

    bool ends();      // the peer closes or resets, and says nothing more before that
    bool is_quiet();  // nothing comes for a while

    void shut_down();  // our side
    void close();
    void reset();  // close with RST

private:
    bool fill();  // false: nothing more comes

    int fd_ = -1;
    std::string kept_;
};

// A listening socket on 127.0.0.1.
class Port {
public:
    explicit Port(int backlog = 64);
    ~Port() { close(); }
    Port(const Port&) = delete;

    unsigned short number() const { return number_; }
    Stream accept();  // an empty Stream if nobody comes
    bool is_quiet();  // nobody comes for a while
    int fd() const { return fd_; }
    int take_fd() { return std::exchange(fd_, -1); }
    void close();

private:
    int fd_ = -1;
    unsigned short number_ = 0;
};

void make_non_blocking(int fd);

}  // namespace ogem::test
