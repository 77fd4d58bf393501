// Functions and who must call them, as Gemini's tools and toolConfig (spec wire/gemini section 3).
#pragma once

#include "base/result.h"
#include "chat/capabilities.h"
#include "chat/request.h"
#include "json/writer.h"

namespace ogem::wire::gemini {

// Writes the members "tools" and "toolConfig", as far as the request has tools. A custom tool is a
// function of one text called "input". Errors: invalid, naming the member: a schema that cannot be
// converted.
Result<void> write_tools(json::Writer& w, const chat::Request& request, chat::SchemaForm form);

}  // namespace ogem::wire::gemini
