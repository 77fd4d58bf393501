// A non-blocking stream socket (TCP or Unix) with its registration. Closes on destruction. One loop
// only.
#pragma once

#include "base/result.h"
#include "net/loop.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

struct iovec;
struct sockaddr;

namespace ogem::net {

enum class IoStatus : unsigned char { ok, would_block, closed, failed };

struct IoResult {
    IoStatus status = IoStatus::ok;
    std::size_t bytes = 0;
    int error = 0;  // errno where failed
};

class Socket {
public:
    Socket() = default;
    Socket(Loop& loop, int fd);  // takes `fd`, which must be non-blocking
    ~Socket() { close(); }
    Socket(Socket&&) noexcept = default;
    Socket& operator=(Socket&& other) noexcept;

    explicit operator bool() const { return watch_ != nullptr; }
    Watch& watch() const { return *watch_; }
    int fd() const { return watch_->fd(); }
    void close();

    // What is there now. Remembers in the Watch whether more may be read without waiting.
    IoResult read(char* into, std::size_t size);

    // As much as the kernel takes now.
    IoResult write(const iovec* pieces, int count);
    IoResult write(std::string_view bytes);

    void shut_down_writing();

private:
    std::unique_ptr<Watch> watch_;
};

// A socket on its way to `address`: ok or would_block (wait until writable, then ask
// connect_error()).
Result<Socket> start_connect(Loop& loop, const sockaddr& address, unsigned length);
int connect_error(const Socket& socket);  // errno of the finished attempt, 0: connected

std::string errno_text(int error);  // "Connection refused"

}  // namespace ogem::net
