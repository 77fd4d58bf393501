// A whole (not streamed) answer of the Messages API (anthropic.md section 3).
#pragma once

#include "chat/ids.h"
#include "chat/lifecycle.h"
#include "chat/request.h"

#include <string_view>

namespace ogem::wire::anthropic {

// Tells `out` all that `body`, of a 200, says: to its end, or to a failure if it is no answer.
// `state` is what the writer of the request left; `new_id` names calls that have no id.
void read_answer(std::string_view body, const chat::AnswerState& state, const chat::NewId& new_id,
                 chat::Events& out);

}  // namespace ogem::wire::anthropic
