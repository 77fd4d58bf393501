#include "json/scan.h"

#include <charconv>

namespace ogem::json {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Takes the digits at the start of `text` away; false if there are none.
bool take_digits(std::string_view& text) {
    const auto before = text.size();
    while (!text.empty() && is_digit(text.front())) text.remove_prefix(1);
    return text.size() < before;
}

bool take_any_of(std::string_view& text, std::string_view set) {
    if (text.empty() || set.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
}

// The grammar of RFC 8259 section 6: from_chars would also take "inf", "007" and "1.".
bool is_number(std::string_view text) {
    take_any_of(text, "-");
    if (!take_any_of(text, "0") && !take_digits(text)) return false;
    if (take_any_of(text, ".") && !take_digits(text)) return false;
    if (take_any_of(text, "eE")) {
        take_any_of(text, "+-");
        if (!take_digits(text)) return false;
    }
    return text.empty();
}

template <class Number>
std::optional<Number> parsed(std::string_view raw) {
    Number number{};
    const char* end = raw.data() + raw.size();
    const auto [stop, error] = std::from_chars(raw.data(), end, number);
    if (error != std::errc() || stop != end) return {};
    return number;
}

// The code unit of "\uXXXX" at the start of `text`.
std::optional<std::uint32_t> code_unit(std::string_view text) {
    if (text.size() < 6 || text[0] != '\\' || text[1] != 'u') return {};
    std::uint32_t unit = 0;
    const char* end = text.data() + 6;
    const auto [stop, error] = std::from_chars(text.data() + 2, end, unit, 16);
    if (error != std::errc() || stop != end) return {};
    return unit;
}

void append_utf8(std::string& out, std::uint32_t code) {
    const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
    const auto tail = [&](int shift) { put(0x80 | (code >> shift & 0x3f)); };
    if (code < 0x80) return put(code);
    if (code < 0x800) return put(0xc0 | code >> 6), tail(0);
    if (code < 0x10000) return put(0xe0 | code >> 12), tail(6), tail(0);
    put(0xf0 | code >> 18), tail(12), tail(6), tail(0);
}

// Undoes the "\uXXXX" or surrogate pair at the start of `text`; half a pair becomes U+FFFD.
bool take_unicode(std::string_view& text, std::string& out) {
    const auto first = code_unit(text);
    if (!first) return false;
    text.remove_prefix(6);
    const bool is_high = *first >= 0xd800 && *first < 0xdc00;
    const bool is_low = *first >= 0xdc00 && *first < 0xe000;
    const auto second = is_high ? code_unit(text) : std::nullopt;
    if (second && *second >= 0xdc00 && *second < 0xe000) {
        text.remove_prefix(6);
        append_utf8(out, 0x10000 + ((*first - 0xd800) << 10) + (*second - 0xdc00));
    } else {
        append_utf8(out, is_high || is_low ? 0xfffd : *first);
    }
    return true;
}

bool take_escape(std::string_view& text, std::string& out) {
    constexpr std::string_view kFrom = "\"\\/bfnrt", kTo = "\"\\/\b\f\n\r\t";
    if (text.size() < 2) return false;
    if (text[1] == 'u') return take_unicode(text, out);
    const auto at = kFrom.find(text[1]);
    if (at == std::string_view::npos) return false;
    out += kTo[at];
    text.remove_prefix(2);
    return true;
}

}  // namespace

std::optional<std::string> string_of(std::string_view raw) {
    if (raw.size() < 2 || raw.front() != '"' || raw.back() != '"') return {};
    raw = raw.substr(1, raw.size() - 2);
    std::string out;
    while (true) {
        const auto plain = std::min(raw.find_first_of("\"\\"), raw.size());
        out.append(raw.substr(0, plain));
        raw.remove_prefix(plain);
        if (raw.empty()) return out;
        if (raw.front() == '"' || !take_escape(raw, out)) return {};
    }
}

std::optional<std::int64_t> integer_of(std::string_view raw) {
    // from_chars knows whole numbers as JSON does, but for zeros in front.
    const auto digits = raw.substr(raw.starts_with('-') ? 1 : 0);
    const bool padded = digits.size() > 1 && digits.front() == '0';
    return padded ? std::nullopt : parsed<std::int64_t>(raw);
}

std::optional<double> number_of(std::string_view raw) {
    return is_number(raw) ? parsed<double>(raw) : std::nullopt;
}

std::optional<bool> boolean_of(std::string_view raw) {
    if (raw == "true") return true;
    if (raw == "false") return false;
    return {};
}

}  // namespace ogem::json
