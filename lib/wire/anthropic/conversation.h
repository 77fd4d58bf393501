// The history of a chat as Anthropic takes it: system texts apart, then turns of user and
// assistant, every call answered in the turn after it (translate.md section 1).
#pragma once

#include "chat/request.h"
#include "wire/dialect.h"

#include <string>
#include <vector>

namespace ogem::wire::anthropic {

struct Turn {
    chat::Role role = chat::Role::user;  // user, assistant; system where a model takes it inline
    std::vector<chat::Json> results;     // user: tool_result blocks, which come before all others
    std::vector<chat::Json> blocks;
    bool starts_with_thinking = false;  // assistant
    // Of the last block if it is a text, so that a prefill can be trimmed.
    std::string last_text;
    chat::Json last_cache_control;
};

struct Conversation {
    std::vector<chat::Json> system;  // text blocks
    std::vector<Turn> turns;         // never empty; the first is the user's

    // A tool loop is under way (the last turn holds results) that did not begin with a thinking
    // block: then Anthropic refuses to think ("a final assistant message must start with a thinking
    // block", with thinking on).
    bool lacks_thinking() const;

    // Ends with the user: with `prefill` an assistant's last text stays, trimmed at its end, as the
    // beginning of the answer; else the user says "Continue.".
    void close(bool prefill);
};

// Errors: invalid, with the path of the part that Claude cannot take.
Result<Conversation> conversation_of(const chat::Request& request, const Place& place);

}  // namespace ogem::wire::anthropic
