// The timed events of a streamed mock answer.
#pragma once

#include "chat/answer.h"
#include "gateway/mock.h"
#include "gateway/mock/pace.h"
#include "wire/openai/answer_style.h"

#include <vector>

namespace ogem::gateway::mock {

// From the first role to "[DONE]". Choices are played side by side: every round of time gives each
// of them its next token, or tokens where there are over 20,000.
std::vector<MockAnswer::Piece> play(const chat::Answer& answer,
                                    const wire::openai::AnswerStyle& style, const Pace& pace);

}  // namespace ogem::gateway::mock
