// Keeps asking which models there are: at start, after each reload, and every hour. On the first
// worker's loop.
#pragma once

#include "gateway/discover.h"
#include "worker.h"

#include <functional>

namespace ogem::daemon {

class Discovery {
public:
    // Called on the loop after each round, with what was found in it (maybe nothing).
    using Found = std::function<void(std::vector<gateway::Finding>)>;

    // `worker` must outlive the discovery.
    Discovery(Worker& worker, Found found) : worker_(worker), found_(std::move(found)) {}

    // Asks now, by this configuration from now on. On the loop, or before it runs.
    void begin(std::shared_ptr<const config::Config> config, std::vector<std::string> listeners);

private:
    Task<> run(std::shared_ptr<const config::Config> config, std::vector<std::string> listeners);

    Worker& worker_;
    const Found found_;
    Task<> task_;
};

}  // namespace ogem::daemon
