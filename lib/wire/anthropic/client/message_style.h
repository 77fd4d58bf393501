// What an answer in Anthropic's dialect is called, and the words that whole answers and streams
// share.
#pragma once

#include "chat/event.h"
#include "chat/usage.h"

#include <string>
#include <string_view>

namespace ogem::json {
class Writer;
}

namespace ogem::wire::anthropic {

struct MessageStyle {
    std::string model;  // as the client typed it
    std::string id;     // "msg_..."; used unless the provider's own id is such
};

std::string_view message_id(std::string_view provider_s, const MessageStyle& style);

// The stop_reason of `finish`. A refusal is one however the provider finished.
std::string_view stop_reason_of(chat::Finish finish, bool refused);

// "stop_details", where the answer was refused; `explanation` may be empty.
void write_stop_details(json::Writer& w, bool refused, std::string_view explanation);

// The value of "usage": what was cached stands beside the input, not in it.
void write_usage(json::Writer& w, const chat::Usage& usage);

}  // namespace ogem::wire::anthropic
