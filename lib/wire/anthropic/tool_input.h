// A call of a tool as Anthropic's tool_use block, in requests and in answers.
#pragma once

#include "chat/request.h"
#include "json/writer.h"

#include <string_view>

namespace ogem::wire::anthropic {

// What a model wrote as arguments, as the object that `input` must be: an object as it is, nothing
// as {}, other JSON as {"value":...}, no JSON as {"_raw":"..."}, free text as {"input":"..."}.
// Never fails.
chat::Json tool_input(const chat::ToolCall& call);

// The block, under the id `id`.
void write_tool_use(json::Writer& w, const chat::ToolCall& call, std::string_view id);

}  // namespace ogem::wire::anthropic
