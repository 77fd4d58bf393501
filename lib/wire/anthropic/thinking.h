// How hard Claude shall think, and what that leaves of the other knobs.
#pragma once

#include "chat/capabilities.h"
#include "chat/request.h"

#include <cstdint>
#include <string>

namespace ogem::wire::anthropic {

struct ThinkingPlan {
    enum class Mode : std::uint8_t { off, budget, adaptive } mode = Mode::off;
    std::int64_t budget_tokens = 0;  // budget
    std::string effort;              // adaptive: a word of output_config.effort
    bool dropped = false;            // the client asked for an effort and does not get it

    bool on() const { return mode != Mode::off; }
};

// `max_tokens` as it is sent: a budget stays below it, and below 1,025 there is room for none.
// `possible`: nothing else of the request forbids to think.
ThinkingPlan plan_thinking(const chat::Request& request, const chat::Capabilities& can,
                           std::int64_t max_tokens, bool possible);

}  // namespace ogem::wire::anthropic
