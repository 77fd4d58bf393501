// When a server says to come back.
#pragma once

#include "base/clock.h"
#include "wire/http.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace ogem::wire {

// Longest hint that is believed; a larger one is cut to it.
constexpr Duration kMaxRetryAfter = 24h * 7;

// From `retry-after-ms` (milliseconds, fractions allowed), else `retry-after` (seconds, or an HTTP
// date counted from the `date` header, as we have no clock here). 0: no hint, or one in the past.
Duration retry_after_of(const Headers& headers);

// Seconds since 1970 of "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 section 5.6.7, the form that is
// sent today); nothing for any other text.
std::optional<std::int64_t> parse_http_date(std::string_view text);

}  // namespace ogem::wire
