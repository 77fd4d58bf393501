#include "auth/token_age.h"

#include <algorithm>

namespace ogem::auth {

Duration between(const Moment& earlier, const Moment& later) {
    return std::max<Duration>(later.steady - earlier.steady, later.wall - earlier.wall);
}

Freshness freshness_of(Duration lifetime, const Moment& asked_for, const Moment& now) {
    constexpr Duration kLastPart = 225s;
    const auto left = lifetime - between(asked_for, now);
    if (left <= Duration::zero()) return Freshness::expired;
    return left <= std::min(kLastPart, lifetime / 4) ? Freshness::stale : Freshness::fresh;
}

}  // namespace ogem::auth
