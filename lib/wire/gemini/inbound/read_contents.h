// The conversation of a Gemini client as messages.
#pragma once

#include "base/result.h"
#include "chat/ids.h"
#include "chat/request.h"
#include "wire/gemini/inbound/names.h"

#include <vector>

namespace ogem::wire::gemini {

// Appends the messages of `contents` (an array of Content). A content with results of functions is
// the tool messages first, then the user's. Errors: invalid, naming the member.
Result<void> read_contents(const Spot& contents, const chat::NewId& new_id,
                           std::vector<chat::Message>& messages);

// `systemInstruction`: one system message, or none if it says nothing.
Result<void> read_system(const Spot& content, std::vector<chat::Message>& messages);

}  // namespace ogem::wire::gemini
