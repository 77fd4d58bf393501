// tools and toolConfig of a Gemini client.
#pragma once

#include "base/result.h"
#include "wire/gemini/inbound/generate_request.h"
#include "wire/gemini/inbound/names.h"

namespace ogem::wire::gemini {

// Functions of all entries; tools that Google runs itself are dropped. Errors: invalid, naming the
// member.
Result<void> read_tools(const Spot& tools, GenerateRequest& out);
Result<void> read_tool_config(const Spot& config, GenerateRequest& out);

}  // namespace ogem::wire::gemini
