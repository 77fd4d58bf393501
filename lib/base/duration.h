// Durations as people write them, in the grammar of Go's time.ParseDuration: "300ms", "1h30m",
// "1.5h", "-2s". Units: ns us (or µs) ms s m h.
#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <string>
#include <string_view>

namespace ogem {

// A bare "0" is zero; any other number needs a unit. Errors: invalid, quoting the text. Range: what
// nanoseconds in 64 bits hold, 292 years.
Result<Duration> parse_duration(std::string_view text);

// The shortest text that parse_duration reads back: "1h30m", "300ms", "0".
std::string duration_text(Duration duration);

}  // namespace ogem
