#include "config/text/values.h"

#include "base/duration.h"
#include "base/size.h"
#include "base/text.h"
#include "config/text/complaints.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <thread>

namespace ogem::config {

namespace {

std::unexpected<Flaw> flaw(std::string_view code, std::string reason) {
    return std::unexpected(Flaw{code, std::move(reason)});
}

// Without underscores; nothing if one does not stand between digits.
std::optional<std::string> without_underscores(std::string_view text) {
    std::string digits;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto digit_at = [&](std::size_t at) {
            return at < text.size() && text[at] >= '0' && text[at] <= '9';
        };
        if (text[i] != '_') {
            digits += text[i];
        } else if (i == 0 || !digit_at(i - 1) || !digit_at(i + 1)) {
            return std::nullopt;
        }
    }
    return digits;
}

template <class T>
std::optional<T> parse_all(std::string_view text) {
    const auto plain = without_underscores(text.starts_with('+') ? text.substr(1) : text);
    T value{};
    if (!plain || plain->empty()) return std::nullopt;
    const auto* last = plain->data() + plain->size();
    const auto [end, error] = std::from_chars(plain->data(), last, value);
    if (error != std::errc{} || end != last) return std::nullopt;
    return value;
}

template <class T>
Parsed<T> in_range(T value, T least, T most, std::string_view text) {
    if (value < least)
        return flaw("E302",
                    cat(shown(text), value < 0 && least == 0 ? " is negative" : " is too small",
                        "; the least is ", least));
    if (value > most) return flaw("E302", cat(shown(text), " is too large; the most is ", most));
    return value;
}

}  // namespace

Parsed<std::int64_t> Whole::operator()(std::string_view text) const {
    const auto value = parse_all<std::int64_t>(text);
    if (!value) return flaw("E301", cat(shown(text), " is not a whole number"));
    return in_range(*value, least, most, text);
}

Parsed<double> Number::operator()(std::string_view text) const {
    const auto value = parse_all<double>(text);
    if (!value || *value != *value) return flaw("E308", cat(shown(text), " is not a number"));
    return in_range(*value, least, most, text);
}

Parsed<double> parse_share(std::string_view text) {
    const bool percent = text.ends_with('%');
    const auto value = parse_all<double>(percent ? trim(text.substr(0, text.size() - 1)) : text);
    if (!value || *value != *value)
        return flaw("E308", cat(shown(text), " is not a share; write for example 2% or 0.02"));
    return in_range(percent ? *value / 100 : *value, 0.0, 1.0, text);
}

Parsed<bool> parse_boolean(std::string_view text) {
    for (const auto* yes : {"true", "yes", "on", "1"})
        if (equal_ignoring_case(text, yes)) return true;
    for (const auto* no : {"false", "no", "off", "0"})
        if (equal_ignoring_case(text, no)) return false;
    return flaw("E307", cat(shown(text), " is neither true nor false"));
}

Parsed<Duration> Time::operator()(std::string_view text) const {
    const auto duration = parse_duration(text);
    if (!duration)
        return flaw("E303", looks_like_secret(text) ? cat(shown(text), " is not a duration")
                                                    : duration.error().message);
    if (*duration < 0s) return flaw("E302", cat(shown(text), " is negative"));
    if (*duration == 0s && !zero_allowed)
        return flaw("E302", cat(shown(text), " is too short; it must be more than 0"));
    return *duration;
}

Parsed<std::int64_t> Size::operator()(std::string_view text) const {
    const auto bytes = parse_size(text);
    if (!bytes)
        return flaw("E304", looks_like_secret(text) ? cat(shown(text), " is not a size")
                                                    : bytes.error().message);
    if (*bytes < 0) return flaw("E302", cat(shown(text), " is negative"));
    if (*bytes < least)
        return flaw("E302", cat(shown(text), " is too small; the least is ", size_text(least)));
    return *bytes;
}

std::string none_of_reason(std::string_view text, const std::vector<std::string>& words) {
    return cat(shown(text), " is not one of ", join(words, ", "), did_you_mean(text, words));
}

Choice<std::string> words(std::vector<std::string_view> list) {
    Choice<std::string> choice;
    for (const auto word : list) choice.words.push_back({word, std::string(word)});
    return choice;
}

Parsed<std::int64_t> parse_workers(std::string_view text) {
    constexpr std::int64_t kMostWorkers = 1024;
    if (text == "auto") return std::max<std::int64_t>(1, std::thread::hardware_concurrency());
    auto number = Whole{1, kMostWorkers}(text);
    if (!number && number.error().code == "E301") number.error().reason += " nor the word auto";
    return number;
}

Parsed<std::string> parse_variable_name(std::string_view text) {
    constexpr std::string_view kCharacters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-";
    if (looks_like_secret(text))
        return flaw("E205",
                    "this looks like a key; put the key into an environment variable and write "
                    "the variable's name here");
    if (text.empty() || text.find_first_not_of(kCharacters) != std::string_view::npos)
        return flaw("E312", cat(shown(text), " is not the name of an environment variable"));
    return std::string(text);
}

Parsed<std::string> parse_text(std::string_view text) {
    if (trim(text).empty()) return flaw("E306", "it is empty; give a value or remove the line");
    return std::string(text);
}

}  // namespace ogem::config
