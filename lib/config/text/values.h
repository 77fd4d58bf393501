// Text to value, with the reason when it is not one. Used alike for the file, the environment and
// flags, so that all of them accept and say the same.
#pragma once

#include "base/clock.h"

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::config {

// Why a text is not the value it should be: "rpm: " + reason, with its code of
// docs/config-codes.md.
struct Flaw {
    std::string_view code;
    std::string reason;
};
template <class T>
using Parsed = std::expected<T, Flaw>;

// A whole number, underscores allowed between its digits (A14). E301, E302 outside the range.
struct Whole {
    std::int64_t least = 0, most = INT64_MAX;
    Parsed<std::int64_t> operator()(std::string_view text) const;
};

// A number with or without a fraction. E308, E302 outside the range.
struct Number {
    double least = 0, most = 1e15;
    Parsed<double> operator()(std::string_view text) const;
};

// "2%" or "0.02", from 0 to 100 %. E308, E302.
Parsed<double> parse_share(std::string_view text);

// true yes on 1, false no off 0. E307.
Parsed<bool> parse_boolean(std::string_view text);

// Never negative; zero only where it makes sense. E303, E302.
struct Time {
    bool zero_allowed = false;
    Parsed<Duration> operator()(std::string_view text) const;
};

// Bytes, at least `least`. E304, E302.
struct Size {
    std::int64_t least = 1;
    Parsed<std::int64_t> operator()(std::string_view text) const;
};

// One of a few words. E305 with the nearest, or the code given.
template <class T>
struct Choice {
    struct Word {
        std::string_view word;
        T value;
    };
    std::vector<Word> words;
    std::string_view code = "E305";
    Parsed<T> operator()(std::string_view text) const;
};

// "one of a, b, c; did you mean 'b'?": the reason when `text` is none of `words`.
std::string none_of_reason(std::string_view text, const std::vector<std::string>& words);

template <class T>
Parsed<T> Choice<T>::operator()(std::string_view text) const {
    std::vector<std::string> known;
    for (const auto& [word, value] : words) {
        if (word == text) return value;
        known.emplace_back(word);
    }
    return std::unexpected(Flaw{code, none_of_reason(text, known)});
}

// A choice whose value is its own word.
Choice<std::string> words(std::vector<std::string_view> list);

// HOST:PORT, [::1]:PORT, :PORT (all addresses) or PORT (loopback), made HOST:PORT. E309.
Parsed<std::string> parse_address(std::string_view text);

// An http or https address without trailing slash. E209; E205 if it carries a password.
Parsed<std::string> parse_base_url(std::string_view text);

// 10.0.0.0/8, fd00::/8 or a single address. E310.
Parsed<std::string> parse_cidr(std::string_view text);

// "1" or more threads; "auto" is one per core. E301.
Parsed<std::int64_t> parse_workers(std::string_view text);

// The name of an environment variable. E205 if it looks like the key itself.
Parsed<std::string> parse_variable_name(std::string_view text);

// Any text that is not empty. E306.
Parsed<std::string> parse_text(std::string_view text);

}  // namespace ogem::config
