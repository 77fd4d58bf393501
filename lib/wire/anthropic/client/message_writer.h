// A whole answer as a message of Anthropic's dialect (translate.md section 6).
#pragma once

#include "chat/answer.h"
#include "wire/anthropic/client/message_style.h"

#include <string>

namespace ogem::wire::anthropic {

// The first choice of `answer`: Anthropic's clients ask for one. Text and calls; reasoning has no
// signature that Anthropic would take back, and is left out.
std::string write_message(const chat::Answer& answer, const MessageStyle& style);

}  // namespace ogem::wire::anthropic
