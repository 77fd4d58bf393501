// What a model's provider accepts and does not: the knobs that translation turns on. Known by name
// patterns (share/config/data/model-capabilities.yaml), overridden by a model's `capabilities:` in
// the configuration. Plain values.
#pragma once

#include <cstdint>
#include <string>

namespace ogem::chat {

enum class SamplingPolicy : std::uint8_t {
    full,  // temperature, top_p, top_k as the client says
    fixed  // the provider refuses them: dropped
};
enum class Thinking : std::uint8_t {
    none,      // refuses any word about thinking
    budget,    // a number of tokens (Claude up to 4.5, Gemini 2.5)
    level,     // a word (Gemini 3)
    adaptive,  // the model decides, within an effort (Claude from 4.6)
};
enum class SchemaForm : std::uint8_t {
    json,    // JSON Schema as it is
    openapi  // Gemini's own Schema: down-converted
};

struct Capabilities {
    std::int64_t max_tokens = 4096;  // sent where the dialect wants one and the client gave none
    std::int64_t max_output_tokens = 0;  // a larger wish is cut to this; 0: unknown
    SamplingPolicy sampling = SamplingPolicy::full;
    Thinking thinking = Thinking::none;
    SchemaForm schema = SchemaForm::json;
    std::string api_version;         // anthropic-version or Azure's; empty: the dialect's default
    bool prefill = true;             // the conversation may end with the assistant
    bool structured_outputs = true;  // json_schema natively; else by a forced tool
    bool url_sources = true;         // fetches http(s) URLs itself
    bool inline_system = false;      // takes system messages in the middle
    bool show_reasoning = true;      // reasoning text reaches the client
    bool temperature_with_top_p = true;  // takes both at once; else top_p is dropped
    bool forced_tools = true;            // tool_choice may demand a call
    bool max_completion_tokens = true;   // OpenAI-compatible: knows the new name of max_tokens
};

}  // namespace ogem::chat
