#include "wire/capabilities.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>

namespace ogem::wire {

namespace {

using chat::Capabilities;
using chat::SamplingPolicy;
using chat::SchemaForm;
using chat::Thinking;

// Reads one value; false if the knob has no such value.
using Set = bool (*)(Capabilities& can, std::string_view value);

bool set_count(std::int64_t& target, std::string_view value) {
    const char* end = value.data() + value.size();
    const auto [stop, error] = std::from_chars(value.data(), end, target);
    return error == std::errc() && stop == end && target > 0;
}

bool set_truth(bool& target, std::string_view value) {
    target = value == "true";
    return target || value == "false";
}

// The value whose word stands at the same place.
template <class Value, std::size_t N>
bool set_word(Value& target, std::string_view value, const std::string_view (&words)[N]) {
    const auto* found = std::ranges::find(words, value);
    if (found == std::end(words)) return false;
    target = static_cast<Value>(found - words);
    return true;
}

bool set_choice(bool& target, std::string_view value, std::string_view no, std::string_view yes) {
    target = value == yes;
    return target || value == no;
}

constexpr std::string_view kSampling[] = {"full", "fixed"};
constexpr std::string_view kThinking[] = {"none", "budget", "level", "adaptive"};
constexpr std::string_view kSchema[] = {"json", "openapi"};
static_assert(static_cast<int>(SamplingPolicy::fixed) == 1);
static_assert(static_cast<int>(Thinking::adaptive) == 3);
static_assert(static_cast<int>(SchemaForm::openapi) == 1);

struct Knob {
    std::string_view name;
    Set set;
};

constexpr Knob kKnobs[] = {
    {"default_max_tokens", [](auto& can, auto v) { return set_count(can.max_tokens, v); }},
    {"max_output_tokens", [](auto& can, auto v) { return set_count(can.max_output_tokens, v); }},
    {"sampling", [](auto& can, auto v) { return set_word(can.sampling, v, kSampling); }},
    {"thinking", [](auto& can, auto v) { return set_word(can.thinking, v, kThinking); }},
    {"schema", [](auto& can, auto v) { return set_word(can.schema, v, kSchema); }},
    {"api_version",
     [](auto& can, auto v) {
         can.api_version = v;
         return true;
     }},
    {"prefill", [](auto& can, auto v) { return set_truth(can.prefill, v); }},
    {"structured_outputs", [](auto& can, auto v) { return set_truth(can.structured_outputs, v); }},
    {"url_sources", [](auto& can, auto v) { return set_truth(can.url_sources, v); }},
    {"mid_system",
     [](auto& can, auto v) { return set_choice(can.inline_system, v, "hoist", "inline"); }},
    {"reasoning",
     [](auto& can, auto v) {
         return set_choice(can.show_reasoning, v, "drop", "reasoning_content");
     }},
    {"temperature_with_top_p",
     [](auto& can, auto v) { return set_truth(can.temperature_with_top_p, v); }},
    {"forced_tools", [](auto& can, auto v) { return set_truth(can.forced_tools, v); }},
    {"max_completion_tokens",
     [](auto& can, auto v) { return set_truth(can.max_completion_tokens, v); }},
};

struct Refusal {
    std::string_view knob;
    void (*apply)(Capabilities& can);
};

constexpr Refusal kRefusals[] = {
    {"prefill", [](auto& can) { can.prefill = false; }},
    {"temperature", [](auto& can) { can.sampling = SamplingPolicy::fixed; }},
    {"top_p", [](auto& can) { can.sampling = SamplingPolicy::fixed; }},
    {"top_k", [](auto& can) { can.sampling = SamplingPolicy::fixed; }},
    {"temperature_with_top_p", [](auto& can) { can.temperature_with_top_p = false; }},
    // Who refuses one way to think knows the other.
    {"thinking_budget", [](auto& can) { can.thinking = Thinking::adaptive; }},
    {"thinking_adaptive", [](auto& can) { can.thinking = Thinking::budget; }},
    {"thinking", [](auto& can) { can.thinking = Thinking::none; }},
    {"reasoning_effort", [](auto& can) { can.thinking = Thinking::none; }},
    {"forced_tools", [](auto& can) { can.forced_tools = false; }},
    {"structured_outputs", [](auto& can) { can.structured_outputs = false; }},
    {"response_format", [](auto& can) { can.structured_outputs = false; }},
    {"url_sources", [](auto& can) { can.url_sources = false; }},
    {"inline_system", [](auto& can) { can.inline_system = false; }},
    {"max_tokens", [](auto& can) { can.max_completion_tokens = true; }},
    {"max_completion_tokens", [](auto& can) { can.max_completion_tokens = false; }},
};

}  // namespace

Result<Capabilities> capabilities_from(const std::map<std::string, std::string>& knobs) {
    Capabilities can;
    for (const auto& [name, value] : knobs) {
        const auto* knob = std::ranges::find(kKnobs, name, &Knob::name);
        if (knob == std::end(kKnobs))
            return fail(Kind::invalid, cat("capabilities: nobody knows \"", name, '"'));
        if (!knob->set(can, value))
            return fail(Kind::invalid,
                        cat("capabilities: \"", name, "\" has no value \"", value, '"'));
    }
    return can;
}

bool do_without(Capabilities& can, std::string_view knob) {
    const auto* refusal = std::ranges::find(kRefusals, knob, &Refusal::knob);
    if (refusal == std::end(kRefusals)) return false;
    refusal->apply(can);
    return true;
}

}  // namespace ogem::wire
