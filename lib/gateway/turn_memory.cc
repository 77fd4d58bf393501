#include "gateway/turn_memory.h"

namespace ogem::gateway {

TurnMemory::Choice& TurnMemory::at(int choice) {
    const auto index = static_cast<std::size_t>(choice);
    if (choices_.size() <= index) choices_.resize(index + 1);
    return choices_[index];
}

void TurnMemory::note(const chat::Event& event) {
    if (const auto* call = std::get_if<chat::CallStarted>(&event)) {
        auto& choice = at(call->choice);
        choice.call_ids.push_back(call->id);
        choice.signatures.emplace_back();
    }
    const auto* kept = std::get_if<chat::Kept>(&event);
    if (!kept) return;
    auto& choice = at(kept->choice);
    if (kept->kind == chat::Kept::Kind::thinking_block) {
        choice.thinking.push_back(kept->value);
    } else if (const auto call = static_cast<std::size_t>(kept->call);
               kept->call >= 0 && call < choice.signatures.size()) {
        choice.signatures[call] = kept->value;
    }
}

void TurnMemory::keep_in(Remembered& remembered, const std::string& origin) const {
    for (const auto& choice : choices_)
        for (std::size_t i = 0; i < choice.call_ids.size(); ++i)
            if (!choice.thinking.empty() || !choice.signatures[i].empty())
                remembered.keep(choice.call_ids[i],
                                {origin, choice.thinking, choice.signatures[i]});
}

}  // namespace ogem::gateway
