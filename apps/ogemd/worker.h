// One worker: a loop and everything that lives on it. A request spends its whole life on one.
#pragma once

#include "api/api.h"
#include "auth/keyring.h"
#include "gateway/gateway.h"
#include "net/curl_lane.h"
#include "net/loop.h"
#include "net/pool.h"
#include "net/resolver.h"
#include "net/server.h"
#include "net/tls.h"

#include <memory>

namespace ogem::daemon {

struct Worker {
    net::Loop loop;
    net::WorkerMemory memory;
    net::TlsContext tls;
    net::Pool pool;
    net::CurlLane lane;  // in front of the pool, for providers behind an HTTP proxy
    auth::Keyring keyring;
    gateway::Gateway gateway;
    api::Api api;
    net::Server server;

    Worker(net::Resolver& resolver, net::Memory& all_memory, const api::Daemon& daemon,
           gateway::Shared& shared, const config::Config& config,
           const config::Environment& variables)
        : memory(all_memory),
          tls(net::trust_of(variables)),
          pool(loop, resolver, tls, {}),
          lane(loop, pool, net::proxies_of(variables), net::trust_of(variables)),
          keyring(loop, lane, pool),
          gateway(loop, lane, keyring, shared, &memory),
          api(loop, gateway, daemon),
          server(loop, limits_of(config, memory), api.handler()) {}

    static net::ServerLimits limits_of(const config::Config& config, net::WorkerMemory& memory) {
        net::ServerLimits limits;
        limits.message.max_header = static_cast<std::size_t>(config.max_header);
        limits.message.max_body = static_cast<std::uint64_t>(config.max_body);
        limits.request_timeout = config.request_timeout;
        limits.memory = &memory;
        return limits;
    }
};

}  // namespace ogem::daemon
