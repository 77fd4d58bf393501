// What the models echo, lorem and tools say.
#pragma once

#include "base/result.h"
#include "chat/answer.h"
#include "gateway/mock/pace.h"
#include "gateway/mock/request.h"

#include <string>
#include <string_view>
#include <vector>

namespace ogem::gateway::mock {

using Choices = std::vector<chat::AnswerChoice>;

// `n` choices per prompt, prompt by prompt as OpenAI numbers them; cut at `stop` and at the token
// limit. `id` makes the ids of tool calls unique.
// Errors: invalid: no function to call, more than 2,048 choices, over 32 MiB of text in all.
Result<Choices> plan_choices(std::string_view model, std::string_view id, const Request& request,
                             const Pace& pace);

// The text of a choice, or the arguments of its call: what is streamed token by token.
const std::string& payload(const chat::AnswerChoice& choice);

// Tokens of the longest payload: how long the answer takes.
std::int64_t longest(const Choices& choices);

chat::Usage usage_of(const Request& request, const Choices& choices);

}  // namespace ogem::gateway::mock
