// A whole answer: the fold of the events that told it. One mapping for each dialect's whole answers
// and streams alike.
#pragma once

#include "chat/event.h"

#include <optional>
#include <string>
#include <vector>

namespace ogem::chat {

struct AnswerChoice {
    bool seen = false;  // false: no event spoke of this number
    std::string text, reasoning, refusal;
    std::vector<ToolCall> calls;
    std::vector<Extra>
        also;  // in order of appearance; "logprobs" holds all its tokens in one array
    Finish finish = Finish::stop;
};

struct Answer {
    std::string id;
    std::int64_t created = 0;  // unix seconds; 0: unknown
    std::vector<AnswerChoice> choices;
    std::optional<Usage> usage;

    // Adds what `event` says. REQUIRES: the events come in an order that Lifecycle accepts.
    // Failed, Ended and Kept add nothing.
    void add(const Event& event);
};

Answer fold(const std::vector<Event>& events);

// Puts the elements of `more` behind those of `array`. REQUIRES: both are JSON arrays.
void join_arrays(Json& array, const Json& more);

}  // namespace ogem::chat
