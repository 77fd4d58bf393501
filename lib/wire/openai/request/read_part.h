// The content of one message of a chat request (OAPI ChatCompletionRequestMessageContentPart*),
// and `file_url`, an extension of ours (behaviour.md G2).
#pragma once

#include "chat/request.h"
#include "wire/openai/request/spot.h"

#include <vector>

namespace ogem::wire::openai {

// The parts of `content`, a string or a list of parts; `plain` says that it was a string.
// Errors: invalid, naming the member.
Result<void> read_content(const Spot& content, std::vector<chat::Part>& parts, bool& plain);

}  // namespace ogem::wire::openai
