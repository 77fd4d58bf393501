// Time as the whole project speaks of it. Decisions take `now` as an argument; only net and apps
// read a real clock.
#pragma once

#include <chrono>

namespace ogem {

using Clock = std::chrono::steady_clock;
using TimePoint = Clock::time_point;
using Duration = std::chrono::nanoseconds;

using namespace std::chrono_literals;  // NOLINT: 5s, 60ms read as the documents do

inline double milliseconds_of(Duration d) {
    return std::chrono::duration<double, std::milli>(d).count();
}

}  // namespace ogem
