// Whole answers in OpenAI's shapes, with every key that its specification requires (openai-openapi
// 2.3.0: CreateChatCompletionResponse, CreateCompletionResponse). Streamed ones:
// wire/openai/stream_writer.h.
#pragma once

#include "chat/answer.h"
#include "wire/openai/answer_style.h"

#include <string>

namespace ogem::wire::openai {

// The answer in the shape of `style`. `content` is null where there is no text; `refusal` and
// `logprobs` are always there; `usage` and its details only where the provider reported them. A
// choice that no event spoke of is left out.
std::string write_answer(const chat::Answer& answer, const AnswerStyle& style);

}  // namespace ogem::wire::openai
