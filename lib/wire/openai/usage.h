// The `usage` member of OpenAI's dialect (OAPI CompletionUsage; chat, completions, embeddings).
#pragma once

#include "chat/usage.h"

#include <optional>
#include <string_view>

namespace ogem::json {
class Writer;
}

namespace ogem::wire::openai {

// `raw` is the JSON value. Nothing if it is not an object; counts that are not there, not numbers
// or negative are 0.
std::optional<chat::Usage> read_usage(std::string_view raw);

// The value of the member; details only where they were reported.
void write_usage(json::Writer& out, const chat::Usage& usage);

}  // namespace ogem::wire::openai
