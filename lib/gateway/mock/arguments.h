// Arguments that a made-up tool call could have.
#pragma once

#include "json/value.h"

namespace ogem::gateway::mock {

// A value that fits `schema` (JSON Schema) where that is simple: its const, default, first enum
// value or first example where that is a plain value, else the smallest of its type; objects get
// their required members only. Local `$ref`s are followed. After a thousand values, or 32 levels
// down, null.
json::Value example_of(const json::Value& schema);

}  // namespace ogem::gateway::mock
