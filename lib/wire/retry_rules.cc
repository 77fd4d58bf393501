#include "wire/retry_rules.h"

namespace ogem::wire {

using chat::Retry;

RetryRule out_of_quota(Duration stated) {
    return {Retry::other_only, false, stated > Duration::zero() ? stated : Duration(1h)};
}

RetryRule rule_of(int status, bool hinted) {
    constexpr Duration kBadKey = 5min;
    switch (status) {
        case 401:
            return {Retry::other_only, false, kBadKey};
        case 402:
            return out_of_quota({});
        case 403:
        case 404:
            return {Retry::other_only, false, {}};
        case 408:
            return {Retry::once, true, {}};
        case 409:
            return {Retry::never, true, {}};
        case 429:
            return {hinted ? Retry::after_hint : Retry::other_first, false, {}};
        case 503:
            return {Retry::once, false, {}};
        case 504:
            return {Retry::other_only, true, {}};
        case 529:
            return {Retry::other_first, false, {}};
        default:
            if (status >= 400 && status < 500) return {Retry::never, false, {}};
            return {Retry::once, true, {}};
    }
}

}  // namespace ogem::wire
