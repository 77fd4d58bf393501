// What a Claude model takes, by its name. These are the gates of spec and documentation as of 2026;
// a name that tells no version takes everything.
#pragma once

#include <string_view>

namespace ogem::fake::anthropic {

struct Model {
    int major = 0, minor = 0;  // 0.0: the name does not tell

    bool known() const { return major > 0; }
    bool at_least(int a, int b) const { return major > a || (major == a && minor >= b); }
    bool below(int a, int b) const { return known() && !at_least(a, b); }

    bool takes_sampling() const { return !known() || below(4, 7); }
    bool takes_budget() const { return !known() || (at_least(3, 7) && below(4, 7)); }
    bool takes_adaptive() const { return !known() || at_least(4, 6); }
    bool takes_prefill() const { return !known() || below(4, 6); }
    bool takes_format() const { return !known() || at_least(4, 1); }
    bool takes_effort() const { return !known() || at_least(4, 5); }
    bool takes_system_turns() const { return !known() || at_least(4, 8); }
};

// claude-3-5-sonnet-20241022, claude-sonnet-4@20250514, claude-opus-4-6
Model model_of(std::string_view name);

}  // namespace ogem::fake::anthropic
