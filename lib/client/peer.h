// Finds the daemon to talk to.
#pragma once

#include "client/unix_socket.h"

#include <string>
#include <vector>

namespace ogem::client {

// The first of `sockets` where a daemon listens. Errors: unavailable, when none does; forbidden,
// when the first that exists belongs to someone else: going on would talk to another daemon than
// the one that was named first.
Result<std::string> find_daemon(const std::vector<std::string>& sockets, const Patience& patience);

}  // namespace ogem::client
