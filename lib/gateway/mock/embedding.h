// Embeddings of the mock provider: a vector of length one that depends on the text alone, so equal
// texts are found equal.
#pragma once

#include "base/result.h"
#include "json/value.h"

#include <string>
#include <string_view>

namespace ogem::gateway::mock {

// The answer to an embeddings request, as JSON. `dimensions` is honoured, 64 if it is not given.
// Errors: invalid, naming the member that is missing or wrong; more than 2,048 inputs, 4,096
// dimensions or two million numbers in all.
Result<std::string> embed(const json::Value& body, std::string_view shown_model);

}  // namespace ogem::gateway::mock
