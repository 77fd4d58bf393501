// What one answer leaves to be remembered: gathered from its events, kept once it is complete.
#pragma once

#include "chat/event.h"
#include "gateway/remembered.h"

#include <string>
#include <vector>

namespace ogem::gateway {

// Not thread-safe; one per answer.
class TurnMemory {
public:
    // CallStarted and Kept are noted, everything else is not.
    void note(const chat::Event& event);

    // Every call of every choice, under its id. Nothing is kept of an answer without calls: no
    // provider asks for it.
    void keep_in(Remembered& remembered, const std::string& origin) const;

private:
    struct Choice {
        std::vector<std::string> call_ids, signatures;  // by call
        std::vector<chat::Json> thinking;
    };
    Choice& at(int choice);

    std::vector<Choice> choices_;
};

}  // namespace ogem::gateway
