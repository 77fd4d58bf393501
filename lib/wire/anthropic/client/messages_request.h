// The body of POST /v1/messages, understood: a client of Anthropic's dialect that is served by
// whatever provider (translate.md section 6). A Claude provider gets the client's own bytes
// instead.
#pragma once

#include "base/result.h"
#include "chat/request.h"

#include <string>
#include <string_view>
#include <vector>

namespace ogem::wire::anthropic {

struct MessagesRequest {
    chat::Request chat;
    std::vector<std::string> dropped;  // members, and types of tools and blocks, in their order
};

// What clients of either API version send. null counts as absent. Results of tools become tool
// messages before the rest of their turn; a failed one begins with "Error: ". Errors: invalid, as a
// sentence that begins with the path of the wrong member, which is its field.
Result<MessagesRequest> read_messages_request(std::string_view body);

}  // namespace ogem::wire::anthropic
