// The items of `input` as messages of a chat.
#pragma once

#include "chat/request.h"
#include "wire/openai/request/spot.h"

#include <string>
#include <vector>

namespace ogem::wire::responses {

// Appends the messages of `input`, a string or a list of items. Calls join the assistant message
// before them; results become tool messages, their pictures a user message behind the last result
// of the run. Items that no other provider knows are named in `dropped`. Errors: invalid, naming
// the member.
Result<void> read_input(const openai::Spot& input, std::vector<chat::Message>& messages,
                        std::vector<std::string>& dropped);

}  // namespace ogem::wire::responses
