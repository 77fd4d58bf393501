// Which tools there are and which must be called (OAPI ChatCompletionTool,
// CustomToolChatCompletions, ChatCompletionToolChoiceOption), and their deprecated forms.
#pragma once

#include "chat/request.h"
#include "wire/openai/request/spot.h"

#include <vector>

namespace ogem::wire::openai {

// All errors: invalid, naming the member.
Result<void> read_tools(const Spot& list, std::vector<chat::Tool>& tools);
Result<void> read_functions(const Spot& list, std::vector<chat::Tool>& tools);

// none | auto | required.
Result<void> read_mode(const Spot& spot, chat::ToolChoice::Mode& mode);
// One of those, {type: function | custom, ...: {name}}, {type: allowed_tools, ...}.
Result<void> read_tool_choice(const Spot& spot, chat::ToolChoice& choice);
// none | auto, {name}.
Result<void> read_function_choice(const Spot& spot, chat::ToolChoice& choice);

}  // namespace ogem::wire::openai
