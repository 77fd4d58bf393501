#include "gateway/mock/pace.h"

#include "base/duration.h"
#include "base/text.h"

#include <charconv>

namespace ogem::gateway::mock {

namespace {

// A number at least `low` and at most `high`, or `absent` where the header is not there.
template <class Number>
Result<Number> read_number(const wire::Headers& headers, std::string_view name, Number low,
                           Number high, Number absent) {
    const auto text = trim(wire::header(headers, name));
    if (text.empty()) return absent;
    Number number{};
    const auto* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error == std::errc() && stop == end && number >= low && number <= high) return number;
    return fail(Kind::invalid, cat(name, ": \"", text.substr(0, 60), "\" is not a number from ",
                                   low, " to ", high));
}

Result<Duration> read_pause(const wire::Headers& headers, std::string_view name) {
    const auto text = trim(wire::header(headers, name));
    if (text.empty()) return Duration{};
    if (text.find_first_not_of("0123456789.") == std::string_view::npos) {
        const auto ms = read_number(headers, name, 0.0, 3'600'000.0, 0.0);
        if (!ms) return std::unexpected(ms.error());
        return std::chrono::duration_cast<Duration>(std::chrono::duration<double, std::milli>(*ms));
    }
    const auto pause = parse_duration(text);
    if (pause && *pause >= 0s && *pause <= 1h) return *pause;
    return fail(Kind::invalid, cat(name, ": \"", text.substr(0, 60),
                                   "\" is not a duration up to 1h, such as 300ms, 2s or 500 "
                                   "(milliseconds)"));
}

}  // namespace

Duration Pace::time_for(std::int64_t count) const {
    if (tokens_per_second == 0) return {};
    constexpr double kLongest = 1e6;  // seconds: far from the range of Duration
    const std::chrono::duration<double> time(
        std::min(static_cast<double>(count) / tokens_per_second, kLongest));
    return std::chrono::duration_cast<Duration>(time);
}

Result<Pace> read_pace(const wire::Headers& headers) {
    auto delay = read_pause(headers, "x-mock-delay");
    if (!delay) return fail_as(delay);
    auto first = read_pause(headers, "x-mock-ttft");
    if (!first) return fail_as(first);
    auto speed = read_number(headers, "x-mock-tokens-per-second", 0.001, 1e9, 0.0);
    if (!speed) return fail_as(speed);
    auto tokens = read_number<std::int64_t>(headers, "x-mock-tokens", 0, 1'000'000, Pace{}.tokens);
    if (!tokens) return fail_as(tokens);
    return Pace{
        .delay = *delay, .first_token = *first, .tokens_per_second = *speed, .tokens = *tokens};
}

}  // namespace ogem::gateway::mock
