// The timed events of a streamed mock answer.
#pragma once

#include "gateway/mock.h"
#include "gateway/mock/choices.h"
#include "gateway/mock/pace.h"
#include "wire/openai/chunk_writer.h"

#include <vector>

namespace ogem::gateway::mock {

// From the first role to the last finish reason. Choices are played side by side: every round of
// time gives each of them its next token, or tokens where there are over 20,000.
std::vector<MockAnswer::Piece> play(const Choices& choices, const wire::openai::ChunkWriter& writer,
                                    const Pace& pace);

}  // namespace ogem::gateway::mock
