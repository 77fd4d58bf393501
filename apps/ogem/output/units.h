// Numbers as people read them.
#pragma once

#include <cstdint>
#include <string>

namespace ogem::cli {

std::string short_count(std::int64_t count);          // 950, 88k, 1.2M, 4M
std::string short_ms(double milliseconds);            // 310ms, 1.9s, 2m 5s
std::string short_span(std::int64_t seconds);         // 45s, 12m, 2h 5m, 3d 4h
std::string percent(double share);                    // 0.31 -> 31%
std::string seconds_with_space(double milliseconds);  // 412 ms, 0.9 s from 500 ms on

}  // namespace ogem::cli
