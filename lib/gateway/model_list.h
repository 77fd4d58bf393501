// The list of models of a provider, in OpenAI's, Anthropic's or Gemini's shape.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace ogem::gateway {

inline constexpr std::size_t kMostModels = 5'000;  // of one provider; more are left out
inline constexpr std::size_t kLongestModel = 256;  // bytes of a name; longer ones are left out

// The names in {"data":[{"id":"gpt-4"},...]}, or in Gemini's {"models":[{"name":"models/x",
// "supportedGenerationMethods":["generateContent"]},...]}, each once, in the provider's order. Left
// out: what cannot be asked for (names with commas, spaces or control characters, models that
// neither generate nor embed). `body` has json::kPadding readable bytes after it. Errors: upstream,
// if it is not such a list.
Result<std::vector<std::string>> read_model_list(std::string_view body);

}  // namespace ogem::gateway
