// Accepts clients on listening sockets and owns their connections. One per worker.
#pragma once

#include "net/connection.h"

#include <functional>
#include <memory>
#include <vector>

namespace ogem::net {

class Server {
public:
    // `handler` must outlive the server.
    Server(Loop& loop, ServerLimits limits, Handler handler);
    ~Server();

    // Takes a listening, non-blocking socket.
    void listen(int fd);

    // Stops accepting, lets requests under way end, and calls `done` when the last has, or at
    // `deadline` when what is left is cut. Once.
    void drain(TimePoint deadline, std::move_only_function<void()> done);

    std::size_t connections() const { return connections_; }

private:
    struct Listener;
    struct Client;

    void accept_from(Listener& listener);
    void admit(int fd, bool unix_socket);
    void remove(Client& client);
    void finish_draining();

    Loop& loop_;
    const ServerLimits limits_;
    const Handler handler_;
    std::vector<std::unique_ptr<Listener>> listeners_;
    Client* clients_ = nullptr;  // doubly linked list
    std::size_t connections_ = 0;
    std::unique_ptr<Timer> drain_timer_;
    std::move_only_function<void()> drained_;
};

}  // namespace ogem::net
