#include "base/size.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace ogem {

namespace {

struct SizeUnit {
    std::string_view name;
    std::int64_t bytes;
};
// From large to small, and of equals the one to print first.
constexpr std::array kSizeUnits{
    SizeUnit{"TiB", 1LL << 40}, SizeUnit{"TB", 1'000'000'000'000},
    SizeUnit{"GiB", 1LL << 30}, SizeUnit{"GB", 1'000'000'000},
    SizeUnit{"MiB", 1LL << 20}, SizeUnit{"MB", 1'000'000},
    SizeUnit{"KiB", 1LL << 10}, SizeUnit{"KB", 1'000},
    SizeUnit{"B", 1},
};

constexpr double kLargest = 9.0e18;  // below 2^63, so that the conversion cannot overflow

}  // namespace

Result<std::int64_t> parse_size(std::string_view text) {
    const auto bad = [&] {
        return fail(Kind::invalid, cat('"', text.substr(0, 60),
                                       "\" is not a size; write for example 64KiB, 20MB or 2GiB"));
    };
    const auto number_end = std::min(text.find_first_not_of("0123456789._+-"), text.size());
    std::string digits(text.substr(0, number_end));
    std::erase(digits, '_');
    double number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || end != digits.data() + digits.size()) return bad();
    const auto unit_name = trim(text.substr(number_end));
    std::int64_t unit = unit_name.empty() ? 1 : 0;
    for (const auto& known : kSizeUnits)
        if (equal_ignoring_case(unit_name, known.name)) unit = known.bytes;
    const auto bytes = number * static_cast<double>(unit);
    if (unit == 0 || !(std::abs(bytes) < kLargest)) return bad();
    return static_cast<std::int64_t>(std::llround(bytes));
}

std::string size_text(std::int64_t bytes) {
    for (const auto& unit : kSizeUnits)
        if (bytes != 0 && bytes % unit.bytes == 0) return cat(bytes / unit.bytes, unit.name);
    return "0";
}

}  // namespace ogem
