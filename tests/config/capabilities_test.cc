#include "config/capabilities.h"

#include "config/given.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::config;

namespace {

std::string knob(std::string_view model, std::string_view name,
                 Protocol protocol = Protocol::anthropic) {
    const auto knobs = shipped_capabilities(model, protocol);
    const auto found = knobs.find(std::string(name));
    return found == knobs.end() ? "" : found->second;
}

}  // namespace

TEST_CASE("a star in a pattern stands for anything") {
    CHECK(matches("claude-*", "claude-opus"));
    CHECK(matches("*", ""));
    CHECK(matches("a*b*c", "aXbYbZc"));
    CHECK(matches("abc", "abc"));
    CHECK_FALSE(matches("abc", "abcd"));
    CHECK_FALSE(matches("a*b", "a"));
    CHECK_FALSE(matches("", "a"));
    CHECK_FALSE(matches("*a*a*a*a*a*b", std::string(10'000, 'a')));  // ends soon
}

TEST_CASE("the longest pattern that names a knob wins") {
    CHECK(knob("claude-3-haiku-20240307", "max_output_tokens") == "4096");
    CHECK(knob("claude-3-5-haiku-20241022", "max_output_tokens") == "8192");
    CHECK(knob("claude-3-5-haiku-20241022", "default_max_tokens") == "4096");
    CHECK(knob("claude-3-5-sonnet-20240620", "default_max_tokens") == "8192");  // B12
    CHECK(knob("claude-3-7-sonnet-20250219", "thinking") == "budget");
    CHECK(knob("claude-3-7-sonnet-20250219", "structured_outputs") == "false");
}

TEST_CASE("each generation of Claude is asked as it wants to be") {
    CHECK(knob("claude-opus-4-20250514", "thinking") == "budget");
    CHECK(knob("claude-opus-4@20250514", "max_output_tokens") == "32000");
    CHECK(knob("claude-sonnet-4-5-20250929", "prefill") == "true");
    CHECK(knob("claude-sonnet-4-5-20250929", "structured_outputs") == "");
    CHECK(knob("claude-sonnet-4-5", "temperature_with_top_p") == "false");
    CHECK(knob("claude-opus-4-6", "sampling") == "full");
    CHECK(knob("claude-opus-4-6", "thinking") == "adaptive");
    for (const auto* newest : {"claude-opus-4-7", "claude-opus-4-8", "claude-sonnet-5",
                               "claude-opus-5-20260724", "claude-of-tomorrow-9"}) {
        CHECK(knob(newest, "sampling") == "fixed");
        CHECK(knob(newest, "thinking") == "adaptive");
        CHECK(knob(newest, "prefill") == "false");
    }
}

TEST_CASE("where a model runs stands above what it is called") {
    CHECK(knob("claude-opus-4-5", "url_sources") == "");
    CHECK(knob("claude-opus-4-5", "url_sources", Protocol::vertex_anthropic) == "false");
    CHECK(knob("claude-sonnet-4-6", "structured_outputs", Protocol::vertex_anthropic) == "false");
}

TEST_CASE("Gemini and OpenAI's models are known too, paths and capitals do not matter") {
    CHECK(knob("gemini-2.5-pro", "thinking", Protocol::vertex) == "budget");
    CHECK(knob("models/Gemini-3-pro", "thinking", Protocol::gemini) == "level");
    CHECK(knob("gemini-2.0-flash", "thinking", Protocol::gemini) == "none");
    CHECK(knob("gemini-1.5-pro", "schema", Protocol::gemini) == "openapi");
    CHECK(knob("o3-mini", "sampling", Protocol::openai) == "fixed");
    CHECK(knob("gpt-5-mini", "sampling", Protocol::openai) == "fixed");
    CHECK(knob("gpt-5.2", "sampling", Protocol::openai) == "full");
    CHECK(knob("gpt-5.2", "thinking", Protocol::openai) == "level");
    CHECK(knob("gpt-5-chat-latest", "thinking", Protocol::openai) == "none");
    CHECK(shipped_capabilities("llama-3", Protocol::openai).empty());
}

TEST_CASE("the configuration has the last word") {
    Model model;
    model.name = "claude-opus-4-8";
    model.max_output_tokens = 500;
    model.capabilities = {{"prefill", "true"}};
    const auto knobs = capabilities_of(model, Protocol::anthropic);
    CHECK(knobs.at("prefill") == "true");
    CHECK(knobs.at("max_output_tokens") == "500");
    CHECK(knobs.at("sampling") == "fixed");
}

TEST_CASE("a knob that nobody knows, or a value that it does not have, is a complaint") {
    const auto complaints = [](const std::string& knobs) {
        return given::complaints(
            "providers: {claude: {api_key_env: K, regions: {claude: {models: [{name: m, "
            "capabilities: " +
                knobs + "}]}}}}\n",
            {{"K", "x"}});
    };
    CHECK(complaints("{prefill: yes, thinking: level, default_max_tokens: 8_192}") == "");
    CHECK(complaints("{prefil: true}").find("E101") != std::string::npos);
    CHECK(complaints("{prefil: true}").find("prefill") != std::string::npos);
    CHECK(complaints("{thinking: hard}").find("E305") != std::string::npos);
    CHECK(complaints("{prefill: maybe}").find("E307") != std::string::npos);
    CHECK(complaints("{max_output_tokens: many}").find("E301") != std::string::npos);
    CHECK(complaints("[prefill]").find("E104") != std::string::npos);
}
