// How fast a mock answer comes, as the x-mock-* headers of the request ask.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "wire/http.h"

#include <cstdint>

namespace ogem::gateway::mock {

struct Pace {
    Duration delay{};              // before the head
    Duration first_token{};        // more, before the first token
    double tokens_per_second = 0;  // 0: at once
    std::int64_t tokens = 64;      // length of lorem

    // The time `count` tokens take.
    Duration time_for(std::int64_t count) const;
};

// Limits: an hour per pause, a million tokens. Errors: invalid, naming the header.
Result<Pace> read_pace(const wire::Headers& headers);

}  // namespace ogem::gateway::mock
