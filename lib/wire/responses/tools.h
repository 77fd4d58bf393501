// `tools`, `tool_choice` and `text.format` of /v1/responses, which are flat where a chat nests.
#pragma once

#include "chat/request.h"
#include "wire/openai/request/spot.h"

#include <string>
#include <vector>

namespace ogem::wire::responses {

// Hosted tools are named in `dropped`. All errors: invalid, naming the member.
Result<void> read_tools(const openai::Spot& list, std::vector<chat::Tool>& tools,
                        std::vector<std::string>& dropped);
// Errors also for the demand of a hosted tool, which nobody else could follow.
Result<void> read_tool_choice(const openai::Spot& spot, chat::ToolChoice& choice);
Result<void> read_format(const openai::Spot& spot, chat::ResponseFormat& format);

}  // namespace ogem::wire::responses
