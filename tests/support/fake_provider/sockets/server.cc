#include "sockets/server.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace ogem::fake {

namespace {

[[noreturn]] void give_up(const char* what) {
    std::fprintf(stderr, "cannot %s: %s\n", what, std::strerror(errno));
    std::exit(1);
}

template <class Address>
int bound(int family, const Address& address) {
    const int fd = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    if (fd < 0) give_up("make a socket");
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) give_up("bind");
    if (listen(fd, 4096) != 0) give_up("listen");
    return fd;
}

timespec timespec_of(Duration d) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(d);
    return {seconds.count(), (d - seconds).count()};
}

}  // namespace

Server::Server(Provider& provider, SSL_CTX* tls)
    : provider_(provider), tls_(tls), epoll_(epoll_create1(EPOLL_CLOEXEC)) {
    if (epoll_ < 0) give_up("make an epoll descriptor");
}

int Server::listen_tcp(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int fd = bound(AF_INET, address);
    socklen_t size = sizeof address;
    getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
    add_listener(fd);
    return ntohs(address.sin_port);
}

void Server::listen_unix(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        give_up("listen on the Unix socket");
    }
    path.copy(address.sun_path, path.size());
    unlink(path.c_str());
    add_listener(bound(AF_UNIX, address));
}

void Server::add_listener(int fd) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = fd;
    if (epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event) != 0) give_up("watch a listener");
    listeners_.push_back(fd);
}

void Server::accept_all(int listener, TimePoint now) {
    while (true) {
        const int fd = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0) return;
        const int on = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = fd;
        epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event);
        const auto index = static_cast<std::size_t>(fd);
        if (slots_.size() <= index) slots_.resize(index + 1);
        slots_[index] = {std::make_unique<Connection>(provider_, fd, tls_), {}, false};
        drive(fd, now, EPOLLIN);
    }
}

void Server::drive(int fd, TimePoint now, unsigned events) {
    auto& slot = slots_[static_cast<std::size_t>(fd)];
    if (!slot.connection) return;
    slot.connection->drive(now, (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0);
    settle(fd);
}

// Makes epoll and the timers agree with what the connection now wants.
void Server::settle(int fd) {
    auto& slot = slots_[static_cast<std::size_t>(fd)];
    const bool gone = slot.connection->gone();
    const auto wake = gone ? std::nullopt : slot.connection->wake_at();
    if (wake != slot.wake) {
        if (slot.wake) wakes_.erase({*slot.wake, fd});
        if (wake) wakes_.emplace(*wake, fd);
        slot.wake = wake;
    }
    if (gone) return slot.connection.reset();
    if (slot.connection->wants_write() == slot.wants_write) return;
    slot.wants_write = slot.connection->wants_write();
    epoll_event event{};
    event.events = slot.wants_write ? EPOLLIN | EPOLLOUT : EPOLLIN;
    event.data.fd = fd;
    epoll_ctl(epoll_, EPOLL_CTL_MOD, fd, &event);
}

void Server::wake_due(TimePoint now) {
    while (!wakes_.empty() && wakes_.begin()->first <= now) drive(wakes_.begin()->second, now, 0);
}

int Server::wait(epoll_event* events, int most, TimePoint now) const {
    if (wakes_.empty()) return epoll_wait(epoll_, events, most, -1);
    const auto pause = timespec_of(std::max(wakes_.begin()->first - now, Duration{0}));
    return epoll_pwait2(epoll_, events, most, &pause, nullptr);
}

void Server::run() {
    std::array<epoll_event, 256> events;
    while (true) {
        const int count = wait(events.data(), static_cast<int>(events.size()), Clock::now());
        const auto now = Clock::now();
        for (int i = 0; i < count; ++i) {
            const auto& event = events[static_cast<std::size_t>(i)];
            const bool listener = std::ranges::count(listeners_, event.data.fd) > 0;
            listener ? accept_all(event.data.fd, now) : drive(event.data.fd, now, event.events);
        }
        wake_due(now);
    }
}

}  // namespace ogem::fake
