// Where the daemon listens: the sockets that a service manager hands over, else the addresses and
// the Unix socket of the configuration.
#pragma once

#include "api/daemon.h"
#include "config/config.h"
#include "worker.h"

#include <memory>
#include <vector>

namespace ogem::daemon {

// Gives each worker its listeners and notes in `daemon` where they are. Before the workers run; at
// least one. The first alone has the Unix socket. Errors: invalid, for an address that is none or
// that others could reach without a key; io, where the system refuses.
Result<void> open_listeners(const config::Config& config,
                            const std::vector<std::unique_ptr<Worker>>& workers,
                            api::Daemon& daemon);

}  // namespace ogem::daemon
