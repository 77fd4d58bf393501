// One client connection of the load generator: non-blocking, to 127.0.0.1, one request at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ogem::bench {

class Peer {
public:
    // Connects at once (loopback); exits the program with a sentence if it cannot.
    Peer(int epoll, int port);
    ~Peer();
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    // Bytes that the socket does not take wait for the next call of on_writable().
    void send(std::string_view request);
    void on_writable();

    // Reads what has come. False: the connection has ended.
    bool read();

    // Is a whole answer (by content-length or last chunk) here? Then it is forgotten and its status
    // told; 0: not yet.
    int take_answer();

    // Of the answer whose head starts the buffer; 0: not yet there.
    int status() const;

    // Events ("\n\n" counts one) read so far; only for connections that read streams.
    std::uint64_t events() const { return events_; }
    void drop_buffer();  // a stream's bytes are counted, not kept

    int fd() const { return fd_; }

private:
    void want_write(bool wanted);

    int epoll_, fd_;
    std::string in_, out_;
    std::uint64_t events_ = 0;
    char last_ = 0;
};

// A request with this body, ready to send.
std::string request_of(std::string_view body);

}  // namespace ogem::bench
