// What any provider can say while it answers. Readers of wire/<dialect> make these from bytes,
// writers make bytes of them; an answer that was not streamed is the same events at once.
//
// `choice` counts answers (n), `call` counts the tool calls of one choice, both from 0. The legal
// orders are those that chat/lifecycle.h accepts.
#pragma once

#include "chat/failure.h"
#include "chat/request.h"
#include "chat/usage.h"

#include <cstdint>
#include <string>
#include <variant>

namespace ogem::chat {

// Why a choice ended; OpenAI's five words but one, which is only a shape (function_call).
enum class Finish : std::uint8_t { stop, length, tool_calls, content_filter };

// Once, first.
struct Started {
    std::string id;            // the provider's; empty: it gave none
    std::int64_t created = 0;  // unix seconds; 0: it said nothing
};

struct Text {
    int choice = 0;
    std::string text;  // never empty
};
// The model thinking aloud.
struct Reasoning {
    int choice = 0;
    std::string text;  // never empty
};
struct Refusal {
    int choice = 0;
    std::string text;  // never empty
};

struct CallStarted {
    int choice = 0, call = 0;
    std::string id, name;  // never empty
    bool custom = false;
};
// A fragment of the JSON text (of a custom call: of the free text), cut anywhere between
// characters.
struct CallArguments {
    int choice = 0, call = 0;
    std::string text;  // never empty
};
struct CallEnded {
    int choice = 0, call = 0;
};

// A member of the message, or of the choice (logprobs), that passes through as JSON: "annotations",
// "logprobs" (its value is the array of tokens that belongs to the texts since the last one),
// "images", "audio".
struct Also {
    int choice = 0;
    std::string name;
    Json value;
};

// Something that the provider wants back next turn and clients tend to drop; kept on our side,
// never shown. Belongs to the calls of the choice.
struct Kept {
    int choice = 0;
    int call = -1;  // -1: to all calls of the choice
    enum class Kind : std::uint8_t { thinking_block, signature } kind = Kind::thinking_block;
    std::string value;  // thinking_block: JSON; signature: base64
};

struct Finished {
    int choice = 0;
    Finish reason = Finish::stop;
};

// Any number of times; the last one counts.
struct Used {
    Usage usage;
};

// Last, instead of Ended: the answer is not complete and never will be.
struct Failed {
    Failure failure;
};

// Last: a genuine end. Every choice has finished.
struct Ended {};

using Event = std::variant<Started, Text, Reasoning, Refusal, CallStarted, CallArguments, CallEnded,
                           Also, Kept, Finished, Used, Failed, Ended>;

}  // namespace ogem::chat
