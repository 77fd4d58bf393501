#include "net/server.h"

#include "base/log.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

namespace ogem::net {

struct Server::Listener {
    Server& server;
    Socket socket;
    bool unix_socket;
    Timer retry;  // after running out of descriptors: no event will come for those already waiting

    Listener(Server& s, Loop& loop, int fd, bool is_unix)
        : server(s),
          socket(loop, fd),
          unix_socket(is_unix),
          retry(loop, {[](void* self) { static_cast<Listener*>(self)->accept(); }, this}) {
        socket.watch().on_readable = {[](void* self) { static_cast<Listener*>(self)->accept(); },
                                      this};
    }
    void accept() { server.accept_from(*this); }
};

struct Server::Client {
    Server& server;
    Connection connection;
    Task<> life;
    Client* next = nullptr;
    Client* previous = nullptr;

    Client(Server& s, Socket socket, Peer peer)
        : server(s), connection(std::move(socket), peer, s.limits_, s.handler_) {}

    Task<> live() {
        co_await connection.run();
        server.loop_.later([this] { server.remove(*this); });
    }
};

Server::Server(Loop& loop, ServerLimits limits, Handler handler)
    : loop_(loop), limits_(limits), handler_(handler) {}

Server::~Server() {
    while (clients_) {
        auto* client = clients_;
        clients_ = client->next;
        delete client;
    }
}

void Server::listen(int fd) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
    listeners_.push_back(
        std::make_unique<Listener>(*this, loop_, fd, address.ss_family == AF_UNIX));
}

void Server::accept_from(Listener& listener) {
    while (true) {
        const int fd =
            accept4(listener.socket.fd(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0) {
            admit(fd, listener.unix_socket);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return;
        } else if (errno != EINTR && errno != ECONNABORTED) {
            log::warn("cannot accept a connection",
                      {{"reason", errno_text(errno)}, {"open", connections_}});
            return listener.retry.arm(loop_.now() + 100ms);
        }
    }
}

void Server::admit(int fd, bool unix_socket) {
    Peer peer;
    peer.unix_socket = unix_socket;
    if (unix_socket) {
        ucred credentials{};
        socklen_t size = sizeof credentials;
        if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) {
            ::close(fd);
            return;
        }
        peer.uid = credentials.uid;
        peer.pid = credentials.pid;
    }
    auto* client = new Client(*this, Socket(loop_, fd), peer);
    client->next = clients_;
    if (clients_) clients_->previous = client;
    clients_ = client;
    ++connections_;
    client->life = client->live();
    client->life.start();
}

void Server::remove(Client& client) {
    (client.previous ? client.previous->next : clients_) = client.next;
    if (client.next) client.next->previous = client.previous;
    delete &client;
    --connections_;
    if (drained_ && connections_ == 0) finish_draining();
}

void Server::drain(TimePoint deadline, std::move_only_function<void()> done) {
    listeners_.clear();
    drained_ = std::move(done);
    for (auto* client = clients_; client;) {
        auto* const next = client->next;
        if (client->connection.busy()) {
            client->connection.close_when_idle();
        } else if (!client->life.done()) {  // else its removal is already on its way
            remove(*client);
        }
        client = next;
    }
    if (!drained_) return;
    if (connections_ == 0) return finish_draining();
    drain_timer_ = std::make_unique<Timer>(
        loop_, Hook{[](void* self) { static_cast<Server*>(self)->finish_draining(); }, this});
    drain_timer_->arm(deadline);
}

void Server::finish_draining() {
    if (!drained_) return;
    if (connections_ > 0) log::warn("requests were cut at shutdown", {{"count", connections_}});
    auto done = std::move(drained_);
    drained_ = nullptr;
    done();
}

}  // namespace ogem::net
