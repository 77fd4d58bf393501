#include "gateway/traffic.h"

namespace ogem::gateway {

void EndpointTraffic::measured_first_token(Duration took) {
    constexpr std::int64_t kShare = 5;  // a new measurement counts one fifth
    const auto now = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
    const auto before = first_token_us.load(std::memory_order_relaxed);
    first_token_us.store(before == 0 ? now : before + (now - before) / kShare,
                         std::memory_order_relaxed);
}

EndpointTraffic& Traffic::of(const route::Endpoint& endpoint) {
    const auto route = endpoint.route();
    const std::lock_guard lock(mutex_);
    auto& entry = by_route_[route];
    if (!entry) entry = std::make_unique<EndpointTraffic>();
    return *entry;
}

}  // namespace ogem::gateway
