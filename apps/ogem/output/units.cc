#include "ogem/output/units.h"

#include "base/text.h"

#include <cmath>

namespace ogem::cli {

namespace {

// One decimal where it says something: 1.2, but 4 and not 4.0.
std::string one_decimal(double value) {
    return cat(std::round(value * 10) / 10);
}

std::string two_parts(std::int64_t large, char large_unit, std::int64_t small, char small_unit) {
    if (small == 0) return cat(large, large_unit);
    return cat(large, large_unit, " ", small, small_unit);
}

}  // namespace

std::string short_count(std::int64_t count) {
    if (count < 1000) return cat(count);
    if (count < 999'500) return cat((count + 500) / 1000, "k");
    return one_decimal(static_cast<double>(count) / 1e6) + "M";
}

std::string short_ms(double milliseconds) {
    if (milliseconds < 999.5) return cat(std::llround(milliseconds), "ms");
    if (milliseconds < 99'950) return one_decimal(milliseconds / 1000) + "s";
    return short_span(std::llround(milliseconds / 1000));
}

std::string short_span(std::int64_t seconds) {
    if (seconds < 60) return cat(seconds, "s");
    if (seconds < 3600) return two_parts(seconds / 60, 'm', seconds % 60, 's');
    if (seconds < 86'400) return two_parts(seconds / 3600, 'h', seconds % 3600 / 60, 'm');
    return two_parts(seconds / 86'400, 'd', seconds % 86'400 / 3600, 'h');
}

std::string percent(double share) {
    return cat(std::llround(share * 100), "%");
}

std::string seconds_with_space(double milliseconds) {
    if (milliseconds < 500) return cat(std::llround(milliseconds), " ms");
    return one_decimal(milliseconds / 1000) + " s";
}

}  // namespace ogem::cli
