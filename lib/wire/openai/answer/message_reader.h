// The `delta` of a chunk, or the `message` of a whole answer: what one choice says.
#pragma once

#include "chat/ids.h"
#include "chat/lifecycle.h"
#include "json/cursor.h"
#include "wire/openai/answer/call_table.h"

#include <string_view>

namespace ogem::wire::openai {

// Raw JSON of the members that say something; empty: absent or null. Views into the text.
struct MessageMembers {
    std::string_view content, refusal, reasoning, tool_calls, function_call;
    std::string_view annotations, images, audio;
};

// True of a list or an object that holds anything. REQUIRES: a whole JSON value.
bool is_filled(std::string_view raw);

// Enters the object that comes next; any other value is skipped.
MessageMembers read_message(json::Cursor& c);

// Tells what they say, always in the order reasoning, text, refusal, calls, the rest.
// Errors: upstream, of CallTable.
Result<void> tell_message(const MessageMembers& members, int choice, CallTable& calls,
                          const chat::NewId& new_id, chat::Events& out);

}  // namespace ogem::wire::openai
