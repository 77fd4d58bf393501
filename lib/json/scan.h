// Members of a JSON object without a DOM: the names and the raw text of their values, in one pass
// (simdjson on demand). What proxies need: look at a few members, copy the rest as it is.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::json {

// Bytes of readable memory that must follow every text handed to the functions below; their values
// do not matter.
constexpr std::size_t kPadding = 64;

struct Member {
    std::string_view name;   // raw, between its quotes: escapes are not undone
    std::string_view value;  // raw JSON text, no space around it
};

// The members of the object that is the whole of `text`, in order, into `members` (cleared first).
// Views into `text`. Not thread-safe per `members`; the parser is one per thread. Errors: invalid:
// not JSON, or not an object. Deep validation is left to whoever reads the values.
Result<void> scan_object(std::string_view text, std::vector<Member>& members);

// The raw value of the first member called `name`, or nothing.
std::optional<std::string_view> find(const std::vector<Member>& members, std::string_view name);

// A raw JSON string without quotes and escapes. Nothing if `raw` is not a string.
std::optional<std::string> string_of(std::string_view raw);
std::optional<std::int64_t> integer_of(std::string_view raw);
std::optional<double> number_of(std::string_view raw);
std::optional<bool> boolean_of(std::string_view raw);

}  // namespace ogem::json
