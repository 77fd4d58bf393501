// What each endpoint has done since it was configured: counters for status, health and the
// operator. Shared by all workers; every field is an atomic of its own, so a reading is a moment's
// approximation.
#pragma once

#include "base/clock.h"
#include "route/catalog.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace ogem::gateway {

struct EndpointTraffic {
    std::atomic<std::int64_t> in_flight{0};
    std::atomic<std::int64_t> requests{0};
    std::atomic<std::int64_t> failures{0};
    std::atomic<std::int64_t> consecutive_failures{0};
    std::atomic<std::int64_t> prompt_tokens{0}, completion_tokens{0};
    std::atomic<std::int64_t> first_token_us{0};  // smoothed; 0: never measured
    std::atomic<std::int64_t> last_failure_unix{0};

    void measured_first_token(Duration took);
};

// Counters by route ("provider/region/model"), so that a reload keeps them.
class Traffic {
public:
    // Lives as long as the Traffic.
    EndpointTraffic& of(const route::Endpoint& endpoint);

private:
    std::mutex mutex_;  // guards the map; the entries are used without it
    std::unordered_map<std::string, std::unique_ptr<EndpointTraffic>> by_route_;
};

}  // namespace ogem::gateway
