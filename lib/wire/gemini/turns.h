// A conversation in Gemini's order: who spoke in turn, and each result of a function beside its
// call, wherever the client put it (pitfalls 6, 11, 12 and 63). Views into the request.
#pragma once

#include "chat/request.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

namespace ogem::wire::gemini {

// A message and its number in the request, for errors.
struct Spoken {
    const chat::Message* message;
    std::size_t number;
};

struct CallAndResult {
    const chat::ToolCall* call;
    Spoken result{nullptr, 0};  // none: the history lost it
};

struct Turn {
    enum class Kind : std::uint8_t { user, model, results };

    Kind kind = Kind::user;
    std::vector<Spoken> messages;      // neighbours of one role; results: of calls nobody made
    std::vector<CallAndResult> calls;  // model: those of `messages`, in order
    std::vector<Spoken> orphans;       // model: results of calls nobody made, said after these
};

struct Conversation {
    std::vector<Spoken> system;  // wherever they stood
    std::vector<Turn> turns;
};

// Assistant messages that say nothing are left out. A later result of the same call replaces the
// one before.
Conversation conversation_of(const chat::Request& request);

}  // namespace ogem::wire::gemini
