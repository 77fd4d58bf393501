// Small text tools that the standard library of GCC 12 lacks (<format> among them).
#pragma once

#include <charconv>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ogem {

inline void append_piece(std::string& out, std::string_view piece) {
    out += piece;
}
inline void append_piece(std::string& out, char piece) {
    out += piece;
}
template <class Number>
requires(std::integral<Number> || std::floating_point<Number>) void append_piece(std::string& out,
                                                                                 Number number) {
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    out.append(digits, static_cast<std::size_t>(end - digits));
}

// Adds every piece to `out`; numbers in their shortest form.
template <class... Pieces>
void append(std::string& out, const Pieces&... pieces) {
    (append_piece(out, pieces), ...);
}

// cat("rpm: \"", value, "\" is not a whole number")
template <class... Pieces>
std::string cat(const Pieces&... pieces) {
    std::string out;
    append(out, pieces...);
    return out;
}

// Empties `text` and gives its memory back; neither `text = {}` nor a move from an empty one does.
inline void free_memory(std::string& text) {
    std::string().swap(text);
}

// A number with exactly `digits` digits after the point.
std::string fixed(double number, int digits);

std::string_view trim(std::string_view text);  // spaces, tabs, CR and LF at both ends
std::string to_lower(std::string_view text);   // ASCII only

// ASCII only. Most texts differ in length already.
bool same_letters(std::string_view a, std::string_view b);  // REQUIRES: equally long
inline bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return a.size() == b.size() && same_letters(a, b);
}
bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);

// "a,,b" at ',' gives "a", "", "b"; an empty text gives one empty piece. Views into `text`.
std::vector<std::string_view> split(std::string_view text, char separator);

// The pieces with `separator` between them.
std::string join(const std::vector<std::string>& pieces, std::string_view separator);

}  // namespace ogem
