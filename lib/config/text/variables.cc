#include "config/text/variables.h"

#include "base/text.h"

#include <array>

namespace ogem::config {

namespace {

// First listed wins (contract section 2, behaviour section 2 rows 5 and 14).
const std::array<std::vector<std::string_view>, 4> kAliases{{
    {"OPEN_GEMINI_API_KEY", "OGEM_API_KEY"},
    {"CLAUDE_API_KEY", "ANTHROPIC_API_KEY"},
    {"GENAI_STUDIO_API_KEY", "GOOGLE_AI_STUDIO_API_KEY", "GEMINI_API_KEY"},
    {"GOOGLE_CLOUD_PROJECT", "VERTEX_AI_PROJECT_ID"},
}};

// A name that a shell can export: gpt-4.1 in AZURE_OPENAI_KEY_gpt-4.1 cannot.
std::string exportable(std::string_view name) {
    std::string out(name);
    for (char& c : out)
        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9')) c = '_';
    return out;
}

}  // namespace

std::vector<std::string_view> with_aliases(std::string_view name) {
    for (const auto& group : kAliases)
        if (group.front() == name) return group;
    return {name};
}

std::optional<Variables::Found> Variables::look(const Environment& where, std::string_view origin,
                                                std::string_view name) {
    for (const auto& spelling : {std::string(name), exportable(name)}) {
        const auto at = where.find(spelling);
        if (at == where.end()) continue;
        if (!trim(at->second).empty())
            return Found{spelling, at->second, cat(origin, ' ', spelling)};
        if (told_empty_.insert(cat(origin, ' ', spelling)).second)
            complaints_.warning_outside(
                "W401", cat(origin, ' ', spelling, " is set but empty, which counts as unset"));
    }
    return std::nullopt;
}

std::optional<Variables::Found> Variables::first_of(const std::vector<std::string_view>& names) {
    for (const auto name : names)
        if (auto found = look(env_, "environment", name)) return found;
    for (const auto name : names)
        if (auto found = look(dotenv_, ".env", name)) return found;
    return std::nullopt;
}

std::optional<Variables::Found> Variables::find(std::string_view name) {
    return first_of(with_aliases(name));
}

std::optional<Variables::Found> Variables::even_empty(std::string_view name) {
    for (const auto& [where, origin] : {std::pair{&env_, "environment "}, {&dotenv_, ".env "}})
        if (const auto at = where->find(name); at != where->end())
            return Found{std::string(name), std::string(trim(at->second)), cat(origin, name)};
    return std::nullopt;
}

}  // namespace ogem::config
