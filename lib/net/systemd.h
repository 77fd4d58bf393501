// The two things a service manager and a daemon say to each other: sockets handed over at start
// (LISTEN_FDS) and state (NOTIFY_SOCKET). Small enough to need no library. Sources:
// sd_listen_fds(3), sd_notify(3).
#pragma once

#include "base/clock.h"

#include <string_view>
#include <vector>

namespace ogem::net {

// Listening sockets that were passed to this process, non-blocking; empty without socket
// activation. Call once: the variables are removed, so that children do not take them for theirs.
std::vector<int> inherited_listeners();

// "READY=1", "RELOADING=1\nMONOTONIC_USEC=...", "STOPPING=1", "WATCHDOG=1". Does nothing without a
// service manager.
void notify_service_manager(std::string_view state);

// How often WATCHDOG=1 is expected; zero: never.
Duration watchdog_interval();

}  // namespace ogem::net
