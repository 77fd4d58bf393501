// What the routes may ask of the daemon around them. Filled by the wiring before the workers start;
// its functions may be called from any worker's loop.
#pragma once

#include "net/loop.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace ogem::api {

struct Daemon {
    std::vector<std::string> listen;  // addresses in use
    std::string socket;
    std::chrono::system_clock::time_point started_at;
    std::function<void()> stop;  // drain, then exit
    // Loads the configuration anew and calls back, on this loop, with the complaints as JSON; ok:
    // it is in force.
    std::function<void(net::Loop&, std::move_only_function<void(bool ok, std::string diagnostics)>)>
        reload;
    std::function<std::string(bool with_origins)> effective_config;  // JSON, secrets masked
    std::atomic<bool> last_reload_ok{true};
};

}  // namespace ogem::api
