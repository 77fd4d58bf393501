// The body of POST /v1/completions, understood as a chat of one turn, for providers that only chat
// (OAPI CreateCompletionRequest; spec: wire/openai section 6). Its answer: Shape::completion.
#pragma once

#include "base/result.h"
#include "chat/request.h"

#include <string>
#include <string_view>

namespace ogem::wire::openai {

struct CompletionRequest {
    chat::Request chat;  // the prompt as one user message
    std::string echo;    // the prompt if it is to stand before the answer, for AnswerStyle::echo
};

// Without `max_tokens` the limit is 16, as the API says. Members that only OpenAI's models know
// (best_of, logprobs) are kept in `rest`. Errors: invalid, naming the member: token numbers,
// several prompts or a `suffix`, which no chat can carry.
Result<CompletionRequest> read_completion_request(std::string_view body);

}  // namespace ogem::wire::openai
