// A /v1/models list as people and scripts read it. No I/O.
#pragma once

#include "json/value.h"
#include "ogem/output/table.h"

#include <string_view>

namespace ogem::cli {

// The entries whose name or alias matches: holds `pattern` as a part, or as a whole where it has *
// or ?. Case is ignored; an empty pattern matches all.
json::Value matching(const json::Value& list, std::string_view pattern);

// MODEL ALIASES ROUTES IN/1M OUT/1M CONTEXT CAN; "-" where the daemon does not know.
// `exact`: numbers in full, for programs.
Table models_table(const json::Value& models, bool exact);

bool matches(std::string_view text,
             std::string_view glob);  // * any run, ? one byte; exposed for tests

}  // namespace ogem::cli
