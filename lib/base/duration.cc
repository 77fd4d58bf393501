#include "base/duration.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace ogem {

namespace {

struct Unit {
    std::string_view name;
    std::int64_t nanoseconds;
};
// Longest names first where one begins with another; micro is written in three ways (u, U+00B5,
// U+03BC).
constexpr std::array kUnits{
    Unit{"ns", 1},
    Unit{"us", 1'000},
    Unit{"\xc2\xb5s", 1'000},
    Unit{"\xce\xbcs", 1'000},
    Unit{"ms", 1'000'000},
    Unit{"s", 1'000'000'000},
    Unit{"m", 60'000'000'000},
    Unit{"h", 3'600'000'000'000},
};

const Unit* unit_at(std::string_view text) {
    for (const auto& unit : kUnits)
        if (text.starts_with(unit.name)) return &unit;
    return nullptr;
}

// One "1.5h" cut off the front of `text`, in nanoseconds; nothing if there is none or it does not
// fit.
std::optional<std::int64_t> cut_term(std::string_view& text) {
    const auto whole_end = std::min(text.find_first_not_of("0123456789"), text.size());
    auto end = whole_end;
    if (end < text.size() && text[end] == '.')
        end = std::min(text.find_first_not_of("0123456789", end + 1), text.size());
    const bool any_digit = whole_end > 0 || end > whole_end + 1;
    const auto* unit = any_digit ? unit_at(text.substr(end)) : nullptr;
    if (!unit) return std::nullopt;

    std::int64_t total = 0;
    for (std::size_t i = 0; i < whole_end; ++i)
        if (__builtin_mul_overflow(total, 10, &total) ||
            __builtin_add_overflow(total, text[i] - '0', &total))
            return std::nullopt;
    if (__builtin_mul_overflow(total, unit->nanoseconds, &total)) return std::nullopt;
    auto step = unit->nanoseconds;
    auto part = static_cast<std::int64_t>(0);
    for (std::size_t i = whole_end + 1; i < end && step >= 10; ++i) {
        step /= 10;
        part += (text[i] - '0') * step;
    }
    if (__builtin_add_overflow(total, part, &total)) return std::nullopt;
    text.remove_prefix(end + unit->name.size());
    return total;
}

}  // namespace

Result<Duration> parse_duration(std::string_view text) {
    const auto bad = [&](std::string_view why) {
        return fail(Kind::invalid, cat('"', text.substr(0, 60), "\" is not a duration", why));
    };
    auto rest = text;
    const bool negative = rest.starts_with('-');
    if (negative || rest.starts_with('+')) rest.remove_prefix(1);
    if (rest == "0") return Duration{0};
    if (rest.empty()) return bad("; write for example 300ms, 30s or 1h30m");
    if (rest.find_first_not_of("0123456789._") == std::string_view::npos)
        return bad(cat(": it has no unit; write for example ", rest.substr(0, 20), "s or ",
                       rest.substr(0, 20), "m"));
    std::int64_t total = 0;
    while (!rest.empty()) {
        const auto term = cut_term(rest);
        if (!term || __builtin_add_overflow(total, *term, &total))
            return bad("; write for example 300ms, 30s or 1h30m");
    }
    return Duration{negative ? -total : total};
}

std::string duration_text(Duration duration) {
    auto left = duration.count();
    if (left == 0) return "0";
    std::string text;
    if (left < 0) text = "-";
    constexpr std::array kShown{
        Unit{"h", 3'600'000'000'000}, Unit{"m", 60'000'000'000}, Unit{"s", 1'000'000'000},
        Unit{"ms", 1'000'000},        Unit{"us", 1'000},         Unit{"ns", 1}};
    for (const auto& unit : kShown) {
        const auto count = left / unit.nanoseconds;
        left %= unit.nanoseconds;
        if (count != 0) append(text, count < 0 ? -count : count, unit.name);
    }
    return text;
}

}  // namespace ogem
