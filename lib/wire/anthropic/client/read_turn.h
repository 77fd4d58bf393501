// One message of a client of Anthropic's dialect as the messages of a chat that it is.
#pragma once

#include "chat/request.h"
#include "wire/anthropic/client/read_blocks.h"

#include <string>
#include <vector>

namespace ogem::wire::anthropic {

// Appends what the message says to `messages`: of a user's first the results of tools, then the
// rest. Blocks of Anthropic's own servers have no place in another dialect; their types go to
// `dropped`. Errors: invalid: a role or block that nobody knows, a wrong member.
Result<void> read_turn(const Spot& message, std::vector<chat::Message>& messages,
                       std::vector<std::string>& dropped);

}  // namespace ogem::wire::anthropic
