#include "wire/gemini/thinking.h"

namespace ogem::wire::gemini {

namespace {

bool names(const Place& place, std::string_view word) {
    return place.model.find(word) != std::string::npos;
}

std::string_view level_of(std::string_view effort, const Place& place) {
    const bool flash = names(place, "flash");
    if (effort == "none") return flash ? "MINIMAL" : "";
    if (effort == "minimal") return flash ? "MINIMAL" : "LOW";
    if (effort == "low") return "LOW";
    if (effort == "medium") return names(place, "gemini-3-pro") ? "HIGH" : "MEDIUM";
    return effort.empty() ? "" : "HIGH";
}

std::optional<std::int64_t> budget_of(std::string_view effort, const Place& place) {
    if (effort.empty()) return {};
    if (effort == "none") {
        if (names(place, "flash")) return 0;
        return {};  // the others cannot stop thinking
    }
    if (effort == "minimal" || effort == "low") return 1'024;
    return effort == "medium" ? 8'192 : 24'576;
}

}  // namespace

ThinkingWish thinking_wish(std::string_view effort, const Place& place) {
    ThinkingWish wish;
    if (place.can.thinking == chat::Thinking::level) wish.level = level_of(effort, place);
    if (place.can.thinking == chat::Thinking::budget) wish.budget = budget_of(effort, place);
    wish.effort_lost = !effort.empty() && !wish.budget && wish.level.empty();
    const bool thinks =
        place.can.thinking == chat::Thinking::level || place.can.thinking == chat::Thinking::budget;
    wish.include_thoughts = thinks && place.can.show_reasoning && effort != "none";
    return wish;
}

void write_thinking(json::Writer& w, const ThinkingWish& wish) {
    if (!wish.says_anything()) return;
    w.key("thinkingConfig").begin_object();
    if (wish.budget) w.key("thinkingBudget").value(*wish.budget);
    if (!wish.level.empty()) w.key("thinkingLevel").value(wish.level);
    if (wish.include_thoughts) w.key("includeThoughts").value(true);
    w.end_object();
}

}  // namespace ogem::wire::gemini
