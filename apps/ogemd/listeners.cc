#include "listeners.h"

#include "api/loopback.h"
#include "net/address.h"
#include "net/systemd.h"

#include <unistd.h>

namespace ogem::daemon {

namespace {

using Workers = std::vector<std::unique_ptr<Worker>>;

Result<void> may_bind(const std::string& address, const config::Config& config) {
    if (auto reason =
            api::refuses_to_bind(address, !config.server_key.empty(), config.allow_anonymous))
        return fail(Kind::invalid, *reason);
    return {};
}

Result<void> listen_on(const std::string& address, const config::Config& config,
                       const Workers& workers, api::Daemon& daemon) {
    if (auto may = may_bind(address, config); !may) return may;
    auto where = net::parse_host_port(address);
    if (!where) return fail_as(where);
    for (const auto& worker : workers) {
        auto fd = net::listen_tcp(*where, workers.size() > 1);
        if (!fd) return fail_as(fd);
        worker->server.listen(*fd);
        if (worker != workers.front()) continue;
        daemon.listen.push_back(net::local_address(*fd));
        where = net::parse_host_port(daemon.listen.back());  // port 0 is now a port
    }
    return {};
}

// The service manager keeps the sockets across restarts; every worker may accept from each.
Result<void> take_inherited(const std::vector<int>& listeners, const config::Config& config,
                            const Workers& workers, api::Daemon& daemon) {
    for (const int fd : listeners) {
        const auto address = net::local_address(fd);
        const bool is_unix = address.starts_with("unix:");
        if (!is_unix)
            if (auto may = may_bind(address, config); !may) return may;
        workers.front()->server.listen(fd);
        if (is_unix) continue;
        daemon.listen.push_back(address);
        for (std::size_t i = 1; i < workers.size(); ++i) workers[i]->server.listen(::dup(fd));
    }
    return {};
}

}  // namespace

Result<void> open_listeners(const config::Config& config, const Workers& workers,
                            api::Daemon& daemon) {
    const auto inherited = net::inherited_listeners();
    if (!inherited.empty()) return take_inherited(inherited, config, workers, daemon);
    for (const auto& address : config.listen)
        if (auto done = listen_on(address, config, workers, daemon); !done) return done;
    if (config.socket.empty()) return {};
    const auto fd = net::listen_unix(config.socket);
    if (!fd) return fail(fd.error());
    workers.front()->server.listen(*fd);
    daemon.socket = config.socket;
    return {};
}

}  // namespace ogem::daemon
