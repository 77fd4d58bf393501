// Tool calls as messages carry them, in a request's history and in a provider's answer.
#pragma once

#include "chat/request.h"
#include "wire/openai/request/spot.h"

#include <vector>

namespace ogem::wire::openai {

// The calls of `tool_calls`: {id, type: function, function: {name, arguments}} or {id, type:
// custom, custom: {name, input}}. A missing type is known by what is there. Errors: invalid, naming
// the member.
Result<void> read_calls(const Spot& list, std::vector<chat::ToolCall>& calls);

// {name, arguments}, of `function` and of the old `function_call`. Arguments that are an object
// instead of text, as some clients write them, are taken as their JSON.
Result<void> read_function_call(const Spot& spot, chat::ToolCall& call);

}  // namespace ogem::wire::openai
