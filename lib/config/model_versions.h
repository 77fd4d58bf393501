// Dated names of Claude models (behaviour B11; share/config/data/model-versions.yaml).
#pragma once

#include "config/config.h"

#include <string>
#include <string_view>

namespace ogem::config {

// The name under which `protocol` knows the model that the configuration calls `name`:
// "claude-3-opus" is "claude-3-opus-20240229" for Anthropic and "claude-3-opus@20240229" for Google
// Cloud, which also writes '@' before the date of any other. Every other name, and every name of
// another protocol, stays as it is.
std::string versioned_name(std::string_view name, Protocol protocol);

}  // namespace ogem::config
