#include "auth/token_age.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::auth;

namespace {

const Moment kStart{TimePoint(1h), std::chrono::system_clock::time_point(1'700'000'000s)};

Moment after(Duration steady, Duration wall) {
    return {kStart.steady + steady,
            kStart.wall + std::chrono::duration_cast<std::chrono::system_clock::duration>(wall)};
}
Freshness at(Duration lifetime, Duration age) {
    return freshness_of(lifetime, kStart, after(age, age));
}

}  // namespace

TEST_CASE("a token of an hour is stale in its last 3 min 45 s") {
    CHECK(at(1h, 0s) == Freshness::fresh);
    CHECK(at(1h, 1h - 226s) == Freshness::fresh);
    CHECK(at(1h, 1h - 225s) == Freshness::stale);
    CHECK(at(1h, 1h - 1s) == Freshness::stale);
    CHECK(at(1h, 1h) == Freshness::expired);
    CHECK(at(1h, 20h) == Freshness::expired);
}

TEST_CASE("a short-lived token is not stale from birth") {
    CHECK(at(60s, 0s) == Freshness::fresh);
    CHECK(at(60s, 44s) == Freshness::fresh);
    CHECK(at(60s, 45s) == Freshness::stale);
    CHECK(at(60s, 60s) == Freshness::expired);
}

TEST_CASE("sleep counts: the steady clock stood still, the wall clock did not") {
    CHECK(freshness_of(1h, kStart, after(10s, 2h)) == Freshness::expired);
    CHECK(freshness_of(1h, kStart, after(10s, 1h - 100s)) == Freshness::stale);
}

TEST_CASE("a wall clock that was set back makes no token younger") {
    CHECK(freshness_of(1h, kStart, after(2h, -24h)) == Freshness::expired);
    CHECK(freshness_of(1h, kStart, after(10min, -24h)) == Freshness::fresh);
}
