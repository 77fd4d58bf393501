// A JSON document as a tree, where one is wanted: control API, command line, tests. The data path
// does not use it. The library's exceptions stay here: parse() returns a Result; on a Value use
// find(), is_*() and get after a check.
#pragma once

#include "base/result.h"

#include <nlohmann/json.hpp>

#include <string_view>

namespace ogem::json {

using Value = nlohmann::ordered_json;

// Errors: invalid, with what was wrong and at which byte.
Result<Value> parse(std::string_view text);

}  // namespace ogem::json
