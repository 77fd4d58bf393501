// How old a token is, on a machine that may have slept.
#pragma once

#include "base/clock.h"

#include <chrono>

namespace ogem::auth {

// The same moment on two clocks. The steady one stands still while the machine is suspended, the
// wall clock can be set: the one that says more has passed is believed.
struct Moment {
    TimePoint steady;
    std::chrono::system_clock::time_point wall;
};

Duration between(const Moment& earlier, const Moment& later);

enum class Freshness : unsigned char {
    fresh,
    stale,    // good, but its end is near: time for another
    expired,  // not to be used
};

// A token that was good for `lifetime` when it was asked for. Stale in its last 3 min 45 s
// (google-auth 2.x, google/auth/_helpers.py REFRESH_THRESHOLD; the metadata server has another one
// from about 4 min before the end), one that lives less than 15 min in its last quarter.
Freshness freshness_of(Duration lifetime, const Moment& asked_for, const Moment& now);

}  // namespace ogem::auth
