// A status reply of the daemon as people and scripts read it. No I/O.
#pragma once

#include "json/value.h"
#include "ogem/output/table.h"

#include <cstdint>
#include <string>

namespace ogem::cli {

// "ogemd 0.3.0, up 3d 4h, http 127.0.0.1:8080, config ok (loaded 2h ago), 2 of 14 routes degraded"
// `now`: seconds since 1970, for the age of the configuration.
std::string summary_of(const json::Value& status, std::int64_t now);

// One row a route. `exact`: numbers in full, for programs.
Table routes_of(const json::Value& status, bool exact);

// True if there are routes that could work and every one of them is down.
bool all_down(const json::Value& status);

}  // namespace ogem::cli
