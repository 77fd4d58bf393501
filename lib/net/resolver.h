// Names to addresses, off the loop: getaddrinfo blocks, so it runs on one thread of its own.
// Answers are kept for a minute, failures not at all. Shared by all workers.
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "net/loop.h"

#include <sys/socket.h>

#include <memory>
#include <string>
#include <vector>

namespace ogem::net {

struct Address {
    sockaddr_storage storage{};
    socklen_t size = 0;

    const sockaddr& get() const { return reinterpret_cast<const sockaddr&>(storage); }
};
using Addresses = std::vector<Address>;

class Resolver {
public:
    Resolver();
    ~Resolver();  // a look-up under way ends by itself and tells nobody
    Resolver(const Resolver&) = delete;

    // The addresses of `host`, in the order the system prefers, at least one. An IP address needs
    // no look-up. Errors: connection, naming the host.
    Task<Result<Addresses>> resolve(Loop& loop, std::string host, unsigned short port);

private:
    struct Shared;
    std::shared_ptr<Shared> shared_;
};

}  // namespace ogem::net
