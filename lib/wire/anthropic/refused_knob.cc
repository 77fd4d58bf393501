#include "wire/anthropic/refused_knob.h"

#include <algorithm>
#include <array>

namespace ogem::wire::anthropic {

namespace {

// All the words must be there. Wordings were collected from public issues, 2026: see the test.
struct Wording {
    std::array<std::string_view, 2> words;
    std::string_view knob;
};

constexpr Wording kWordings[] = {
    {{"assistant message prefill", "not support"}, "prefill"},
    {{"invalid `signature`", "thinking"}, "stored_thinking"},
    {{"thinking.type.enabled", "not supported"}, "thinking_budget"},
    {{"adaptive thinking", "not supported"}, "thinking_adaptive"},
    {{"effort", "not support"}, "thinking_adaptive"},
    {{"output_config.effort", "extra inputs"}, "thinking_adaptive"},
    {{"thinking", "extra inputs"}, "thinking"},
    {{"thinking", "tool_choice"}, "forced_tools"},
    {{"tool_choice", "not support"}, "forced_tools"},
    {{"top_p", "both"}, "temperature_with_top_p"},
    {{"output_config", "extra inputs"}, "structured_outputs"},
    {{"output_config.format", "not support"}, "structured_outputs"},
    {{"output format", "not support"}, "structured_outputs"},
    {{"structured output", "not "}, "structured_outputs"},
    {{"strict", "extra inputs"}, "structured_outputs"},
    {{"source.url", "not "}, "url_sources"},
    {{"url sources", "not "}, "url_sources"},
    {{"unable to download the file", ""}, "url_sources"},
    {{".role", "'user' or 'assistant'"}, "inline_system"},
};

constexpr std::string_view kSamplingKnobs[] = {"temperature", "top_p", "top_k"};
constexpr std::string_view kRefusals[] = {"extra inputs", "deprecated", "not support",
                                          "may only be set", "must be greater than or equal"};

bool says(std::string_view message, std::string_view words) {
    return message.find(words) != std::string_view::npos;
}

}  // namespace

std::string_view refused_knob(std::string_view message) {
    for (const auto& wording : kWordings)
        if (says(message, wording.words[0]) && says(message, wording.words[1])) return wording.knob;
    const bool refused =
        std::ranges::any_of(kRefusals, [&](auto words) { return says(message, words); });
    for (const auto knob : kSamplingKnobs)
        if (refused && says(message, knob)) return knob;
    return {};
}

}  // namespace ogem::wire::anthropic
