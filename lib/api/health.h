// GET /health (behaviour.md H3, 4.16): is anything able to serve, and what does each endpoint do.
#pragma once

#include "gateway/generation.h"

#include <chrono>
#include <string>

namespace ogem::api {

struct Health {
    int status = 200;  // 503 when no provider is usable
    std::string body;
};

Health health_of(const gateway::Generation& generation,
                 std::chrono::system_clock::time_point started_at);

// "ok", "down" (its last request failed, and no other has succeeded since), "unconfigured" (its key
// is not set).
std::string_view state_of(const route::Endpoint& endpoint, const gateway::EndpointTraffic& traffic);

// "2026-01-31T08:00:00Z"
std::string rfc3339(std::chrono::system_clock::time_point time);

}  // namespace ogem::api
