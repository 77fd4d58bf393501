#include "config/parts/knobs.h"

namespace ogem::config {

namespace {

using Parse = Parsed<std::string> (*)(std::string_view);

struct Knob {
    std::string_view name;
    Parse parse;
};

Parsed<std::string> parse_count(std::string_view text) {
    const auto number = Whole{1}(text);
    if (!number) return std::unexpected(number.error());
    return std::to_string(*number);
}

Parsed<std::string> parse_truth(std::string_view text) {
    const auto truth = parse_boolean(text);
    if (!truth) return std::unexpected(truth.error());
    return *truth ? "true" : "false";
}

// Names and words of spec wire/translate section 0.
constexpr Knob kKnobs[] = {
    {"default_max_tokens", parse_count},
    {"max_output_tokens", parse_count},
    {"sampling",
     [](std::string_view text) {
         return words({"full", "fixed"})(text);
     }},
    {"thinking",
     [](std::string_view text) {
         return words({"none", "budget", "level", "adaptive"})(text);
     }},
    {"schema",
     [](std::string_view text) {
         return words({"json", "openapi"})(text);
     }},
    {"api_version", parse_text},
    {"prefill", parse_truth},
    {"structured_outputs", parse_truth},
    {"url_sources", parse_truth},
    {"mid_system",
     [](std::string_view text) {
         return words({"hoist", "inline"})(text);
     }},
    {"reasoning",
     [](std::string_view text) {
         return words({"reasoning_content", "drop"})(text);
     }},
    {"temperature_with_top_p", parse_truth},
    {"forced_tools", parse_truth},
    {"max_completion_tokens", parse_truth},
};

}  // namespace

void read_knobs(Block& block, Knobs& knobs) {
    for (const auto& [name, parse] : kKnobs) {
        std::string value;
        if (block.read(name, value, parse)) knobs.insert_or_assign(std::string(name), value);
    }
}

std::vector<std::string> knob_names() {
    std::vector<std::string> names;
    for (const auto& knob : kKnobs) names.emplace_back(knob.name);
    return names;
}

}  // namespace ogem::config
