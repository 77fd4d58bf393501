// The loop of the fake provider: one thread, epoll, listeners and connections.
#pragma once

#include "sockets/connection.h"

#include <sys/epoll.h>

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ogem::fake {

class Server {
public:
    // Neither owned; `tls` null: plain connections.
    Server(Provider& provider, SSL_CTX* tls);

    // Both exit the program with a sentence if they cannot. listen_tcp returns the port.
    int listen_tcp(int port);  // on 127.0.0.1; 0: any free one
    void listen_unix(const std::string& path);

    [[noreturn]] void run();

private:
    void add_listener(int fd);
    void accept_all(int listener, TimePoint now);
    void drive(int fd, TimePoint now, unsigned events);
    void settle(int fd);
    void wake_due(TimePoint now);
    int wait(epoll_event* events, int most, TimePoint now) const;

    struct Slot {
        std::unique_ptr<Connection> connection;
        std::optional<TimePoint> wake;  // as it stands in wakes_
        bool wants_write = false;       // as epoll knows it
    };

    Provider& provider_;
    SSL_CTX* tls_;
    int epoll_;
    std::vector<int> listeners_;
    std::vector<Slot> slots_;  // by descriptor
    std::set<std::pair<TimePoint, int>> wakes_;
};

}  // namespace ogem::fake
