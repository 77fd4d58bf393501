// The daemon put together: listeners, workers, signals, reload, and an orderly end. Wiring only.
#pragma once

#include "base/result.h"
#include "config/load.h"
#include "discovery.h"
#include "options.h"
#include "worker.h"

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace ogem::daemon {

class Services {
public:
    // Reads the configuration anew, from where the first one came. Called on a thread of its own.
    using Load = std::function<Result<config::Loaded>()>;

    // `variables` say which proxies stand between and whom TLS trusts.
    Services(config::Loaded loaded, Load load, config::Environment variables, Options options);
    ~Services();

    // Listens, serves until told to stop, drains. Errors: io, invalid: why it could not start.
    Result<void> run();

private:
    void watch_signals();
    void watch_owner();
    void announce();
    void pat_watchdog();
    void on_signal();
    void reload(net::Loop* asker, std::move_only_function<void(bool, std::string)> done);
    std::pair<bool, std::string> load_again();
    bool put_in_force(config::Loaded loaded);
    Result<void> renew(const config::Config& config);
    void start_discovery();
    void expect_models(bool expected);
    void remember(std::vector<gateway::Finding> findings);
    void stop();

    struct Descriptor;

    const Load load_;
    const config::Environment variables_;
    const Options options_;
    gateway::Traffic traffic_;
    gateway::Shared shared_;
    api::Daemon daemon_;
    net::Resolver resolver_;
    net::Memory memory_;
    std::vector<std::unique_ptr<Worker>> workers_;
    std::vector<std::thread> threads_;
    std::thread reloader_;
    std::unique_ptr<Descriptor> signals_, owner_;
    std::unique_ptr<net::Timer> watchdog_;
    std::unique_ptr<Discovery> discovery_;
    bool stopping_ = false;

    std::mutex mutex_;                        // guards what follows
    config::Loaded loaded_;                   // in force, without what was discovered
    gateway::GoogleIdentity google_;          // of loaded_
    std::vector<gateway::Finding> findings_;  // the last of each provider
    bool reloading_ = false;
};

}  // namespace ogem::daemon
