#include "wire/anthropic/thinking.h"

#include <algorithm>
#include <string_view>

namespace ogem::wire::anthropic {

namespace {

constexpr std::int64_t kLeastBudget = 1024;  // Anthropic's, and it must be below max_tokens

struct Effort {
    std::string_view word;
    std::int64_t budget_tokens;
};
constexpr Effort kEfforts[] = {
    {"low", 2048}, {"medium", 8192}, {"high", 16'384}, {"xhigh", 24'576}, {"max", 32'000}};

const Effort* effort_of(std::string_view word) {
    const auto* found =
        std::ranges::find(kEfforts, word == "minimal" ? "low" : word, &Effort::word);
    return found == std::end(kEfforts) ? nullptr : found;
}

}  // namespace

ThinkingPlan plan_thinking(const chat::Request& request, const chat::Capabilities& can,
                           std::int64_t max_tokens, bool possible) {
    ThinkingPlan plan;
    const auto& wish = request.reasoning_effort;
    if (wish.empty() || wish == "none") return plan;
    const auto* effort = effort_of(wish);
    if (effort && possible && can.thinking == chat::Thinking::adaptive) {
        plan.mode = ThinkingPlan::Mode::adaptive;
        plan.effort = effort->word;
    } else if (effort && possible && can.thinking == chat::Thinking::budget &&
               max_tokens > kLeastBudget) {
        plan.mode = ThinkingPlan::Mode::budget;
        plan.budget_tokens = std::min(effort->budget_tokens, max_tokens - 1);
    } else {
        plan.dropped = true;
    }
    return plan;
}

}  // namespace ogem::wire::anthropic
