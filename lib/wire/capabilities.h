// From the knobs of the configuration, which are texts, to chat::Capabilities, and what is left of
// them after a model has refused one.
#pragma once

#include "base/result.h"
#include "chat/capabilities.h"

#include <map>
#include <string>
#include <string_view>

namespace ogem::wire {

// Knobs that are not there keep their defaults. Errors: invalid: a knob that nobody knows, or a
// value that it does not have, which a checked configuration cannot hold.
Result<chat::Capabilities> capabilities_from(const std::map<std::string, std::string>& knobs);

// `can` without `knob` of a chat::Failure (Retry::without_knob): what the provider refused is not
// sent again. False: it is not about these. Of those, "stored_thinking" means that the thinking
// blocks that were put back into the history are refused, so the request goes without them.
bool do_without(chat::Capabilities& can, std::string_view knob);

}  // namespace ogem::wire
