// Members of a JSON reply, whatever is missing in it or of another type: unknown fields are ignored
// and absent ones have no value (contract section 7). Nothing here throws.
#pragma once

#include "json/value.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::cli {

// Null where there is no such member, or no object to have one. A view into `object`.
const json::Value& member(const json::Value& object, std::string_view name);

std::string text_in(const json::Value& object, std::string_view name);    // "" unless a string
std::int64_t count_in(const json::Value& object, std::string_view name);  // 0 unless a number
std::vector<std::string> strings_of(const json::Value& array);            // the strings in it

}  // namespace ogem::cli
