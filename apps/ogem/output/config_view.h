// The effective configuration as people and scripts read it. No I/O.
#pragma once

#include "json/value.h"
#include "ogem/output/table.h"

namespace ogem::cli {

// KEY VALUE ORIGIN, one row a value, in the order of the reply, in which a value is an object
// {"value","origin"} at any depth. Entries of lists go by their name: providers.mock.batch.
Table config_table(const json::Value& config);

}  // namespace ogem::cli
