// What is known of a model before it is asked: knobs of translation as texts, by name. Defaults of
// share/config/data/model-capabilities.yaml, overridden by the model's own `capabilities:`.
// wire/capabilities.h makes chat::Capabilities of them.
#pragma once

#include "config/config.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::config {

using Knobs = std::map<std::string, std::string>;

// The defaults for the name that goes upstream; a path before it and capitals do not matter.
Knobs shipped_capabilities(std::string_view name, Protocol protocol);

// Those, with what the configuration says of the model above them.
Knobs capabilities_of(const Model& model, Protocol protocol);

// The names of all knobs, as the configuration writes them.
std::vector<std::string> knob_names();

// True if `text` is like `pattern`, in which '*' stands for anything.
bool matches(std::string_view pattern, std::string_view text);

}  // namespace ogem::config
