// Members of a JSON object without a DOM: the names and the raw text of their values, in one pass
// (simdjson on demand). What proxies need: look at a few members, copy the rest as it is.
//
// All functions are safe on any bytes and from any thread; each thread keeps one parser. A scan
// proves that brackets balance, that strings are closed UTF-8 without control characters, and that
// names and values of the outermost level alternate; a scalar is proven by the *_of that reads it.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::json {

// Bytes of readable memory that must follow every text handed to the scans below; their values do
// not matter.
constexpr std::size_t kPadding = 64;

// Makes the memory after `text` readable as far as the scans need it. Views into it may move.
inline void reserve_padding(std::string& text) {
    if (text.capacity() - text.size() < kPadding) text.reserve(text.size() + kPadding);
}

struct Member {
    std::string_view name;   // raw, between its quotes: escapes are not undone
    std::string_view value;  // raw JSON text, no space around it

    // The name however it is spelled: "mod\u0065l" is model. In `buffer` where it has escapes.
    std::string_view plain_name(std::string& buffer) const;
};

// The members of the object that is the whole of `text`, in order, into `members` (cleared first).
// Views into `text`. Errors: invalid: not JSON, or not an object.
Result<void> scan_object(std::string_view text, std::vector<Member>& members);

// The raw elements of the array that is the whole of `text`, likewise.
Result<void> scan_array(std::string_view text, std::vector<std::string_view>& elements);

// The raw value of the first member called `name`, or nothing.
std::optional<std::string_view> find(const std::vector<Member>& members, std::string_view name);

// What a raw value says, if it is of that type. They need no padding.
std::optional<std::string> string_of(std::string_view raw);    // without quotes and escapes
std::optional<std::int64_t> integer_of(std::string_view raw);  // 3, not 3.0
std::optional<double> number_of(std::string_view raw);
std::optional<bool> boolean_of(std::string_view raw);

}  // namespace ogem::json
