// Tools, the choice among them, and the tool that stands in for a json_schema where a model has no
// structured outputs (translate.md section 1).
#pragma once

#include "base/result.h"
#include "chat/capabilities.h"
#include "chat/request.h"

#include <string>
#include <vector>

namespace ogem::wire::anthropic {

struct ToolPlan {
    chat::Json tools;   // the array; empty: none
    chat::Json choice;  // the object; empty: not said
    chat::AnswerState state;
    bool choice_dropped = false;  // a call was demanded, and cannot be
    bool format_dropped = false;  // a custom tool had a grammar, which Claude does not follow
};

// True if the answer to `request` has to be the call of a tool that stands in for its schema.
bool needs_schema_tool(const chat::Request& request, const chat::Capabilities& can);

// `thinking`: it is on, so that no call can be demanded. Errors: invalid: the allowed tools are
// none of `tools`.
Result<ToolPlan> plan_tools(const chat::Request& request, const chat::Capabilities& can,
                            bool thinking);

}  // namespace ogem::wire::anthropic
