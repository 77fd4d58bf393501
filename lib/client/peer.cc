#include "client/peer.h"

#include "base/text.h"

namespace ogem::client {

Result<std::string> find_daemon(const std::vector<std::string>& sockets, const Patience& patience) {
    for (const auto& path : sockets) {
        auto connected = UnixSocket::connect(path, patience);
        if (connected) return path;
        const auto kind = connected.error().kind;
        if (kind == Kind::unavailable) continue;
        if (kind == Kind::forbidden && path != sockets.front()) continue;
        return fail(kind, cat("cannot reach the daemon at ", connected.error().message));
    }
    return fail(Kind::unavailable,
                cat("no daemon is running (nobody listens at ", join(sockets, " or "), ")"));
}

}  // namespace ogem::client
