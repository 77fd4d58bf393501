// --json and --get.
#pragma once

#include "json/value.h"
#include "ogem/session.h"

#include <string_view>

namespace ogem::cli {

// The value at `pointer` (RFC 6901: "" is the whole, "/choices/0/message"), or nullptr.
const json::Value* at_pointer(const json::Value& value, std::string_view pointer);

// `value` as JSON text. Bytes that are not UTF-8 (a path can hold them) become U+FFFD.
std::string json_text(const json::Value& value, int indent = -1);

// What --get prints: a string as it is, anything else as JSON.
std::string scalar_text(const json::Value& value);

// Prints `value` as --json wants it (indented on a terminal, one line elsewhere), or the part that
// --get names. Errors: not_found, when there is nothing at that pointer; those of write_out().
Outcome<> print_json(const Context& context, const json::Value& value);

}  // namespace ogem::cli
