// Two rooms that may not see each other agree: what config calls the knobs of a model, wire
// understands.
#include "config/capabilities.h"

#include "wire/capabilities.h"

#include <doctest/doctest.h>

using namespace ogem;

TEST_CASE("every shipped knob of every family is understood") {
    for (const auto* model :
         {"claude-2.1", "claude-3-5-sonnet-20240620", "claude-3-7-sonnet", "claude-opus-4-8",
          "claude-opus-4-5", "gemini-2.5-pro", "gemini-1.5-pro", "gpt-5.1", "o3"})
        for (const auto protocol : {config::Protocol::anthropic, config::Protocol::vertex_anthropic,
                                    config::Protocol::gemini}) {
            const auto can = wire::capabilities_from(config::shipped_capabilities(model, protocol));
            CAPTURE(model);
            CHECK(can);
        }
    const auto can = wire::capabilities_from(
        config::shipped_capabilities("claude-opus-4-5", config::Protocol::vertex_anthropic));
    CHECK(can->thinking == chat::Thinking::budget);
    CHECK(can->sampling == chat::SamplingPolicy::full);
    CHECK(can->max_output_tokens == 64'000);
    CHECK_FALSE(can->url_sources);
    CHECK_FALSE(can->structured_outputs);
    CHECK_FALSE(can->temperature_with_top_p);
}

TEST_CASE("every knob that a configuration may hold is understood") {
    const std::map<std::string, std::string> values{
        {"default_max_tokens", "9"}, {"max_output_tokens", "8"}, {"sampling", "fixed"},
        {"thinking", "level"},       {"schema", "openapi"},      {"api_version", "2026-10-21"},
        {"mid_system", "inline"},    {"reasoning", "drop"}};
    for (const auto& name : config::knob_names()) {
        CAPTURE(name);
        const auto value = values.contains(name) ? values.at(name) : "false";
        CHECK(wire::capabilities_from({{name, value}}));
        if (name != "api_version") CHECK_FALSE(wire::capabilities_from({{name, "odd"}}));
    }
    const auto can = *wire::capabilities_from(values);
    CHECK(can.max_tokens == 9);
    CHECK(can.max_output_tokens == 8);
    CHECK(can.sampling == chat::SamplingPolicy::fixed);
    CHECK(can.thinking == chat::Thinking::level);
    CHECK(can.schema == chat::SchemaForm::openapi);
    CHECK(can.api_version == "2026-10-21");
    CHECK(can.inline_system);
    CHECK_FALSE(can.show_reasoning);
    CHECK(wire::capabilities_from({{"vision", "true"}}).error().message.find("vision") !=
          std::string::npos);
}

TEST_CASE("a refused knob is not used again") {
    chat::Capabilities can;
    can.thinking = chat::Thinking::budget;
    CHECK(wire::do_without(can, "thinking_budget"));
    CHECK(can.thinking == chat::Thinking::adaptive);
    CHECK(wire::do_without(can, "prefill"));
    CHECK_FALSE(can.prefill);
    CHECK(wire::do_without(can, "temperature"));
    CHECK(can.sampling == chat::SamplingPolicy::fixed);
    CHECK_FALSE(wire::do_without(can, "stored_thinking"));
    CHECK_FALSE(wire::do_without(can, ""));
}
