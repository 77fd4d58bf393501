#include "json/cursor.h"

#include "base/text.h"
#include "json/utf8.h"

#include <bit>
#include <cstdint>
#include <cstring>

namespace ogem::json {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_space(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

// A byte at which plain ASCII text of a string stops.
bool is_special(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte >= 0x80 || c == '"' || c == '\\';
}

// The bytes of `eight` that are special, as their top bits; the lowest one is exact.
constexpr std::uint64_t special_bits(std::uint64_t eight) {
    constexpr std::uint64_t kOnes = 0x0101010101010101, kTops = kOnes * 0x80;
    const auto quote = eight ^ kOnes * '"';
    const auto backslash = eight ^ kOnes * '\\';
    return ((quote - kOnes) & ~quote & kTops) | ((backslash - kOnes) & ~backslash & kTops) |
           ((eight - kOnes * 0x20) & ~eight & kTops) | (eight & kTops);
}

// The first special byte in [at, end), or `end`.
const char* find_special(const char* at, const char* end) {
    if constexpr (std::endian::native == std::endian::little) {
        for (; end - at >= 8; at += 8) {
            std::uint64_t eight;
            std::memcpy(&eight, at, 8);
            if (const auto bits = special_bits(eight)) return at + std::countr_zero(bits) / 8;
        }
    }
    while (at != end && !is_special(*at)) ++at;
    return at;
}

bool is_hex(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// Length of the escape at `at`, which is at a backslash; 0 if it is not one.
std::ptrdiff_t escape_length(const char* at, const char* end) {
    if (end - at < 2) return 0;
    if (at[1] != 'u') return std::strchr("\"\\/bfnrt", at[1]) && at[1] ? 2 : 0;
    if (end - at < 6) return 0;
    return is_hex(at[2]) && is_hex(at[3]) && is_hex(at[4]) && is_hex(at[5]) ? 6 : 0;
}

}  // namespace

Error Cursor::error() const {
    return Error{
        Kind::invalid, cat("not valid JSON: ", problem_, " at byte ", at_ - begin_ + 1), 0, {}};
}

bool Cursor::fail_with(const char* problem) {
    if (!problem_) problem_ = problem;
    return false;
}

void Cursor::skip_space() {
    while (at_ != end_ && is_space(*at_)) ++at_;
}

bool Cursor::take(char c) {
    if (at_ == end_ || *at_ != c) return false;
    ++at_;
    return true;
}

char Cursor::peek() {
    skip_space();
    return at_ == end_ ? '\0' : *at_;
}

void Cursor::open(char bracket, const char* problem) {
    skip_space();
    if (failed()) return;
    first_ = true;
    if (!take(bracket)) fail_with(problem);
}

void Cursor::enter_object() {
    open('{', "expected an object");
}

void Cursor::enter_array() {
    open('[', "expected an array");
}

// Stands at the next member or element; false if the container ends here instead.
bool Cursor::first_or_comma(char closing) {
    if (failed()) return false;
    skip_space();
    const bool first = std::exchange(first_, false);
    if (take(closing)) return false;
    if (!first && !take(',')) return fail_with("expected a comma or the end");
    skip_space();
    return true;
}

bool Cursor::next_member(std::string_view& name) {
    if (!first_or_comma('}')) return false;
    const char* start = at_ + 1;
    if (!skip_string()) return false;
    name = {start, static_cast<std::size_t>(at_ - 1 - start)};
    skip_space();
    return take(':') || fail_with("expected a colon");
}

bool Cursor::next_element() {
    return first_or_comma(']');
}

std::string_view Cursor::value() {
    skip_space();
    const char* start = at_;
    if (failed() || !skip(0)) return {};
    return {start, static_cast<std::size_t>(at_ - start)};
}

bool Cursor::finish() {
    skip_space();
    return !failed() && (at_ == end_ || fail_with("expected nothing more"));
}

bool Cursor::skip(int depth) {
    if (depth >= kMaxDepth) return fail_with("nested too deep");
    std::string_view name;
    switch (peek()) {
        case '{':
            for (enter_object(); next_member(name);) skip(depth + 1);
            return !failed();
        case '[':
            for (enter_array(); next_element();) skip(depth + 1);
            return !failed();
        case '"':
            return skip_string();
        case 't':
            return skip_word("true");
        case 'f':
            return skip_word("false");
        case 'n':
            return skip_word("null");
        default:
            return skip_number();
    }
}

bool Cursor::skip_word(std::string_view word) {
    if (!std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(word))
        return fail_with("expected a value");
    at_ += word.size();
    return true;
}

bool Cursor::skip_string() {
    if (!take('"')) return fail_with("expected a string");
    while (true) {
        at_ = find_special(at_, end_);
        if (at_ == end_) return fail_with("a string without its end");
        if (take('"')) return true;
        if (*at_ == '\\' ? !skip_escape() : !skip_beyond_ascii()) return false;
    }
}

bool Cursor::skip_escape() {
    const auto length = escape_length(at_, end_);
    at_ += length;
    return length || fail_with("a backslash that escapes nothing");
}

bool Cursor::skip_beyond_ascii() {
    while (at_ != end_ && static_cast<signed char>(*at_) < 0x20) {
        const auto length = utf8_length(at_, end_);
        if (length == 1) return fail_with("a control character in a string");
        if (length == 0) return fail_with("bytes that are not UTF-8");
        at_ += length;
    }
    return true;
}

bool Cursor::skip_number() {
    const auto digits = [this] {
        const char* start = at_;
        while (at_ != end_ && is_digit(*at_)) ++at_;
        return at_ != start;
    };
    take('-');
    if (!take('0') && !digits()) return fail_with("expected a value");
    if (take('.') && !digits()) return fail_with("expected digits after the point");
    if (take('e') || take('E')) {
        if (!take('+')) take('-');
        if (!digits()) return fail_with("expected digits of the exponent");
    }
    return true;
}

}  // namespace ogem::json
