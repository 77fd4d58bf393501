// How one client wants its answer in OpenAI's dialect: what its request said, and what fills the
// gaps that a provider leaves.
#pragma once

#include "chat/event.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace ogem::wire::openai {

enum class Shape : std::uint8_t {
    chat,        // /v1/chat/completions
    completion,  // /v1/completions: text only, no calls, no reasoning, no refusals
};

struct AnswerStyle {
    std::string model;         // as the client typed it
    std::string id;            // used where the provider gave none: "chatcmpl-..."
    std::int64_t created = 0;  // unix seconds; likewise
    Shape shape = Shape::chat;
    bool usage_asked = false;       // of a stream; a whole answer always tells its usage
    bool legacy_functions = false;  // the first call of a choice is its `function_call`
    bool show_reasoning = true;     // as `reasoning_content`
    std::string echo;               // completion: the prompt, put before each text
};

// The finish_reason that `finish` is in that style.
inline std::string_view name_of(chat::Finish finish, const AnswerStyle& style) {
    switch (finish) {
        case chat::Finish::length:
            return "length";
        case chat::Finish::content_filter:
            return "content_filter";
        case chat::Finish::tool_calls:
            if (style.shape == Shape::completion) return "stop";
            return style.legacy_functions ? "function_call" : "tool_calls";
        case chat::Finish::stop:
            break;
    }
    return "stop";
}

}  // namespace ogem::wire::openai
