// What a Gemini model takes, by its name. A name that tells no version takes everything.
#pragma once

#include <string_view>

namespace ogem::fake::gemini {

struct Model {
    int major = 0, minor = 0;  // 0.0: the name does not tell
    bool flash = false;        // flash and flash-lite

    bool known() const { return major > 0; }
    bool at_least(int a, int b) const { return major > a || (major == a && minor >= b); }
    bool takes_json_schema() const { return !known() || at_least(2, 5); }
    bool takes_thinking() const { return !known() || at_least(2, 5); }
    bool takes_level() const { return !known() || at_least(3, 0); }
    bool demands_signatures() const { return at_least(3, 0); }
    bool can_stop_thinking() const { return !known() || flash; }
};

Model model_of(std::string_view name);  // gemini-2.5-flash, gemini-3-pro-preview

}  // namespace ogem::fake::gemini
