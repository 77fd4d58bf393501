// `logprobs` of a choice: {"content": [tokens] | null, "refusal": [tokens] | null}. As events, the
// two lists are Also "logprobs" and "refusal_logprobs".
#pragma once

#include "chat/request.h"

#include <string_view>
#include <vector>

namespace ogem::wire::openai {

constexpr std::string_view kLogprobs = "logprobs", kRefusalLogprobs = "refusal_logprobs";

bool is_logprobs(std::string_view name);

// The member's value, null if there is nothing of it in `also`.
chat::Json logprobs_of(const std::vector<chat::Extra>& also);
// The same of one list alone.
chat::Json logprobs_of(std::string_view name, const chat::Json& tokens);

}  // namespace ogem::wire::openai
