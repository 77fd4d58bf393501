// The body of POST /v1/chat/completions, understood (OAPI CreateChatCompletionRequest; spec:
// wire/openai section 1). What the lane of one dialect does not need: it is for providers that
// speak another.
#pragma once

#include "base/result.h"
#include "chat/ids.h"
#include "chat/request.h"

#include <string_view>

namespace ogem::wire::openai {

// Old forms become new ones: `functions` tools, a `function` message a tool's result whose ids come
// from `new_id`, a `stop` string a list. null counts as absent. Unknown members are kept in `rest`,
// those inside image_url, file_url, input_audio and file as "image_url.headers".
// Errors: invalid, as a sentence that begins with the path of the wrong member, which is its field:
// not a JSON object, a member of the wrong type, a role or part that nobody knows, no messages.
Result<chat::Request> read_chat_request(std::string_view body, const chat::NewId& new_id);

}  // namespace ogem::wire::openai
