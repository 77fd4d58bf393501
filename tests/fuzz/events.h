// What every reader of answers promises, whatever it is fed: checked by a second Lifecycle.
#pragma once

#include "chat/answer.h"
#include "chat/lifecycle.h"

#include <cstdlib>
#include <string>
#include <vector>

namespace ogem::fuzz {

// Aborts unless `events` are told in a legal order and have an end.
inline void check_order(const std::vector<chat::Event>& events) {
    chat::Lifecycle lifecycle;
    for (const auto& event : events)
        if (!lifecycle.accept(event)) std::abort();
    if (!lifecycle.over()) std::abort();
}

// All that was told, so that two tellings can be compared: pieces of text may be cut elsewhere.
inline std::string told(const std::vector<chat::Event>& events) {
    const auto answer = chat::fold(events);
    std::string out = answer.id;
    for (const auto& choice : answer.choices) {
        out += '\n' + choice.text + '\n' + choice.reasoning + '\n' + choice.refusal + '\n' +
               std::to_string(static_cast<int>(choice.finish));
        for (const auto& call : choice.calls) out += '\n' + call.id + call.name + call.arguments;
        for (const auto& extra : choice.also) out += '\n' + extra.name + extra.value;
    }
    if (answer.usage)
        out += '\n' + std::to_string(answer.usage->prompt_tokens) + '/' +
               std::to_string(answer.usage->completion_tokens);
    if (events.empty()) return out;
    if (const auto* failed = std::get_if<chat::Failed>(&events.back()))
        out += "\nfailed: " + failed->failure.error.message;
    return out;
}

}  // namespace ogem::fuzz
