// The `usage` member of OpenAI's dialect (OAPI CompletionUsage; chat, completions, embeddings).
#pragma once

#include "chat/usage.h"

#include <optional>
#include <string_view>

namespace ogem::wire::openai {

// `raw` is the JSON value. Nothing if it is not an object; counts that are not there, not numbers
// or negative are 0.
std::optional<chat::Usage> read_usage(std::string_view raw);

}  // namespace ogem::wire::openai
