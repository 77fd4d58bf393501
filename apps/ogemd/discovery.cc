#include "discovery.h"

#include "net/wait.h"

namespace ogem::daemon {

namespace {

constexpr Duration kPause = 1h;

}  // namespace

void Discovery::begin(std::shared_ptr<const config::Config> config,
                      std::vector<std::string> listeners) {
    task_ = run(std::move(config), std::move(listeners));
    task_.start();
}

Task<> Discovery::run(std::shared_ptr<const config::Config> config,
                      std::vector<std::string> listeners) {
    while (true) {
        auto task = gateway::discover(worker_.loop, worker_.pool, config, listeners);
        auto findings = co_await task;
        found_(std::move(findings));
        co_await net::Sleep(worker_.loop, worker_.loop.now() + kPause);
    }
}

}  // namespace ogem::daemon
