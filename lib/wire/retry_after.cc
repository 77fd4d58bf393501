#include "wire/retry_after.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>

namespace ogem::wire {

namespace {

std::optional<double> number_in(std::string_view text) {
    if (text.find_first_not_of("0123456789.") != std::string_view::npos) return {};
    double number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (text.empty() || error != std::errc() || stop != end) return {};
    return number;
}

Duration bounded(double seconds) {
    if (!(seconds > 0)) return Duration(0);
    const auto most = std::chrono::duration<double>(kMaxRetryAfter).count();
    return std::chrono::duration_cast<Duration>(
        std::chrono::duration<double>(std::min(seconds, most)));
}

// A whole number in exactly these characters of a date, or -1.
int digits(std::string_view text, std::size_t at, std::size_t count) {
    int number = 0;
    const char* end = text.data() + at + count;
    const auto [stop, error] = std::from_chars(text.data() + at, end, number);
    return error == std::errc() && stop == end ? number : -1;
}

unsigned month_of(std::string_view name) {
    constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const auto at = kMonths.find(name);
    return at == std::string_view::npos || at % 3 ? 0 : static_cast<unsigned>(at / 3 + 1);
}

}  // namespace

std::optional<std::int64_t> parse_http_date(std::string_view text) {
    // Sun, 06 Nov 1994 08:49:37 GMT
    // 0    5  8   12   17 20 23 26
    if (text.size() != 29 || text.substr(3, 2) != ", " || !text.ends_with(" GMT")) return {};
    if (text[19] != ':' || text[22] != ':') return {};
    const std::chrono::year_month_day date{
        std::chrono::year(digits(text, 12, 4)), std::chrono::month(month_of(text.substr(8, 3))),
        std::chrono::day(static_cast<unsigned>(digits(text, 5, 2)))};
    const int hour = digits(text, 17, 2), minute = digits(text, 20, 2),
              second = digits(text, 23, 2);
    if (!date.ok() || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
        second > 60)
        return {};
    const auto days = std::chrono::sys_days(date).time_since_epoch().count();
    return static_cast<std::int64_t>(days) * 86'400 + hour * 3'600 + minute * 60 + second;
}

Duration retry_after_of(const Headers& headers) {
    if (const auto ms = number_in(trim(header(headers, "retry-after-ms"))))
        return bounded(*ms / 1000);
    const auto after = trim(header(headers, "retry-after"));
    if (const auto seconds = number_in(after)) return bounded(*seconds);
    const auto then = parse_http_date(after);
    const auto now = parse_http_date(trim(header(headers, "date")));
    return then && now ? bounded(static_cast<double>(*then - *now)) : Duration(0);
}

}  // namespace ogem::wire
