// The few members of a chat, completion or embedding request that routing needs, found in one scan;
// the body stays as it came.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace ogem::chat {

struct Envelope {
    std::string model;            // unescaped; empty if absent or null
    std::string_view model_text;  // the raw JSON value of `model` inside the body: quotes included,
                                  // or null; empty if absent
    bool stream = false;
    bool wants_usage = false;                  // stream_options.include_usage
    std::string_view stream_options_text;      // its raw JSON inside the body; empty if absent
    bool deterministic = false;                // temperature is there and 0 (behaviour.md 4.5)
    std::int64_t max_tokens = 0;               // max_completion_tokens, else max_tokens; 0: absent
    std::int64_t estimated_prompt_tokens = 0;  // body bytes / 4
};

// Reads `body`, which must stay alive and unchanged while the views are used, and must have
// json::kPadding bytes of readable memory after its end. Errors: invalid, as a sentence for the
// client: not JSON (with what was wrong), not an object, `model` not a string or given twice,
// `stream` not a boolean, `stream_options` not an object. A member that is null counts as absent.
Result<Envelope> read_envelope(std::string_view body);

}  // namespace ogem::chat
