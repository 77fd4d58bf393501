// Tools, the choice among them and the shape of the answer, written.
#pragma once

#include "chat/request.h"
#include "json/writer.h"

#include <string>
#include <vector>

namespace ogem::wire::openai {

void write_tools(json::Writer& w, const std::vector<chat::Tool>& tools,
                 std::vector<std::string>& dropped);
// `tools` tell which of the named ones are custom.
void write_tool_choice(json::Writer& w, const chat::ToolChoice& choice,
                       const std::vector<chat::Tool>& tools);
void write_format(json::Writer& w, const chat::ResponseFormat& format);

}  // namespace ogem::wire::openai
