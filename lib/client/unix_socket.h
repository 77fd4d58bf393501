// A blocking connection to a daemon's Unix socket, with a deadline on every wait.
// Each object belongs to one thread.
#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace ogem::client {

// How long a caller waits, and what makes it stop waiting earlier.
struct Patience {
    TimePoint deadline = TimePoint::max();  // max(): for ever
    int stop_fd = -1;  // readable once the user has asked to stop (SIGINT); -1: nobody does

    // The same stop, but no later than `limit` from now.
    Patience at_most(Duration limit) const;
};

// Owns a file descriptor.
class Fd {
public:
    Fd() = default;
    explicit Fd(int fd) : fd_(fd) {}
    Fd(Fd&& other) noexcept : fd_(other.release()) {}
    Fd& operator=(Fd&& other) noexcept;
    ~Fd() { close(); }

    int get() const { return fd_; }
    explicit operator bool() const { return fd_ >= 0; }
    int release();
    void close();

private:
    int fd_ = -1;
};

enum class Event : unsigned char { readable, writable };

// Returns when `fd` is ready or broken. Errors: timeout; cancelled, when the user stopped it.
Result<void> wait_for(int fd, Event event, const Patience& patience);

class UnixSocket {
public:
    // Errors: unavailable, when nobody listens at `path`; forbidden, when we may not connect;
    // invalid, when `path` is longer than an address can be (107 bytes on Linux).
    static Result<UnixSocket> connect(const std::string& path, const Patience& patience);

    // Errors: connection, when the daemon hung up.
    Result<void> write_all(std::string_view bytes, const Patience& patience);

    // Bytes read into `into`, at least one; 0 when the daemon closed its side.
    Result<std::size_t> read_some(char* into, std::size_t size, const Patience& patience);

private:
    explicit UnixSocket(Fd fd) : fd_(std::move(fd)) {}

    Fd fd_;
};

}  // namespace ogem::client
