#include "client/unix_socket.h"

#include "base/text.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <thread>

namespace ogem::client {

namespace {

std::string reason_of(int error) {
    return std::generic_category().message(error);
}

// What poll() takes: -1 for ever, else rounded up so that a wait never ends early.
int poll_milliseconds(TimePoint deadline) {
    if (deadline == TimePoint::max()) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    return static_cast<int>(std::clamp<long long>(left, 0, 1'000'000'000));
}

Kind kind_of_connect(int error) {
    if (error == EACCES || error == EPERM) return Kind::forbidden;
    if (error == ENOENT || error == ECONNREFUSED || error == ENOTDIR) return Kind::unavailable;
    return Kind::connection;
}

// A listener whose backlog is full answers EAGAIN and gives no event to wait for, so we ask again.
int connect_until(int fd, const sockaddr_un& address, const Patience& patience) {
    for (auto pause = 1ms;; pause = std::min(pause * 2, 10ms)) {
        if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
            return 0;
        if (errno != EAGAIN && errno != EINTR) return errno;
        if (Clock::now() + pause >= patience.deadline) return ETIMEDOUT;
        std::this_thread::sleep_for(pause);
    }
}

}  // namespace

Patience Patience::at_most(Duration limit) const {
    const auto now = Clock::now();
    return {deadline - now <= limit ? deadline : now + limit, stop_fd};
}

Fd& Fd::operator=(Fd&& other) noexcept {
    if (this != &other) {
        close();
        fd_ = other.release();
    }
    return *this;
}

int Fd::release() {
    return std::exchange(fd_, -1);
}

void Fd::close() {
    if (fd_ >= 0) ::close(release());
}

Result<void> wait_for(int fd, Event event, const Patience& patience) {
    const auto wanted = static_cast<short>(event == Event::readable ? POLLIN : POLLOUT);
    while (true) {
        pollfd fds[] = {{fd, wanted, 0}, {patience.stop_fd, POLLIN, 0}};
        const int ready = ::poll(fds, 2, poll_milliseconds(patience.deadline));
        if (ready < 0 && errno != EINTR) return fail(Kind::io, "poll: " + reason_of(errno));
        if (ready > 0 && fds[1].revents != 0) return fail(Kind::cancelled, "stopped by the user");
        if (ready > 0) return {};
        if (ready == 0) return fail(Kind::timeout, "no answer in time");
    }
}

Result<UnixSocket> UnixSocket::connect(const std::string& path, const Patience& patience) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) {
        return fail(Kind::invalid,
                    cat("the socket path ", path, " is longer than ", sizeof address.sun_path - 1,
                        " bytes; choose a shorter one"));
    }
    std::memcpy(address.sun_path, path.data(), path.size());
    Fd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!fd) return fail(Kind::io, "cannot make a socket: " + reason_of(errno));
    const int error = connect_until(fd.get(), address, patience);
    if (error == ETIMEDOUT) return fail(Kind::timeout, cat(path, ": no connection in time"));
    if (error != 0) return fail(kind_of_connect(error), cat(path, ": ", reason_of(error)));
    return UnixSocket(std::move(fd));
}

Result<void> UnixSocket::write_all(std::string_view bytes, const Patience& patience) {
    while (!bytes.empty()) {
        const auto sent = ::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        } else if (sent < 0 && errno == EAGAIN) {
            if (auto ready = wait_for(fd_.get(), Event::writable, patience); !ready) return ready;
        } else if (errno != EINTR) {
            return fail(Kind::connection, "the daemon hung up: " + reason_of(errno));
        }
    }
    return {};
}

Result<std::size_t> UnixSocket::read_some(char* into, std::size_t size, const Patience& patience) {
    while (true) {
        if (auto ready = wait_for(fd_.get(), Event::readable, patience); !ready)
            return fail_as(ready);
        const auto got = ::recv(fd_.get(), into, size, 0);
        if (got >= 0) return static_cast<std::size_t>(got);
        if (errno != EAGAIN && errno != EINTR) {
            return fail(Kind::connection, "the daemon hung up: " + reason_of(errno));
        }
    }
}

}  // namespace ogem::client
