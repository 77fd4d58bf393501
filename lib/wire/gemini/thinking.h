// How much a Gemini model is asked to think (spec wire/gemini section 7).
#pragma once

#include "json/writer.h"
#include "wire/dialect.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace ogem::wire::gemini {

struct ThinkingWish {
    std::optional<std::int64_t> budget;  // tokens
    std::string_view level;              // MINIMAL, LOW, MEDIUM, HIGH; empty: none said
    bool include_thoughts = false;
    bool effort_lost = false;  // the client asked for an effort that this model cannot be told

    bool says_anything() const { return budget || !level.empty() || include_thoughts; }
};

// `effort` is the client's word, or empty.
ThinkingWish thinking_wish(std::string_view effort, const Place& place);

// The member "thinkingConfig", unless the wish says nothing.
void write_thinking(json::Writer& w, const ThinkingWish& wish);

}  // namespace ogem::wire::gemini
