// What a client typed as `model`: a comma-separated fallback chain of  model | provider/model |
// provider/region/model, each with an optional @batch. Parsed against the names a Catalog knows
// (behaviour.md 4.1, contract section 5).
#pragma once

#include "base/result.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace ogem::route {

constexpr std::size_t kMaxChain = 32;  // elements; more is a mistake or an attack
constexpr std::string_view kBatchSuffix = "@batch";

// The parts of "a, b,,c": trimmed, empty ones dropped. Views into `typed`.
// Errors: invalid, if nothing is left, or more than kMaxChain parts.
Result<std::vector<std::string_view>> split_chain(std::string_view typed);

// An element without its suffix. "gpt-4@batch" gives {"gpt-4", true}; "claude@20240229" keeps its
// @.
struct BatchSuffix {
    std::string_view name;
    bool batch = false;
};
BatchSuffix cut_batch_suffix(std::string_view element);

}  // namespace ogem::route
