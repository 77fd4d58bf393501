#include "openai/rules.h"

#include "base/text.h"
#include "say/talk.h"

#include <set>

namespace ogem::fake::openai {

namespace {

using json::Value;

Trouble unknown(const Where& object, std::string_view name) {
    const auto at = (object / name).bracketed();
    return {400, cat("Unknown parameter: '", at, "'."), "unknown_parameter", at};
}

Trouble missing(const Where& member) {
    const auto at = member.bracketed();
    return {400, cat("Missing required parameter: '", at, "'."), "missing_required_parameter", at};
}

Trouble mistyped(const Where& member, unsigned is, const Value& value) {
    const std::string_view wanted = is & kString    ? "a string"
                                    : is & kArray   ? "an array"
                                    : is & kObject  ? "an object"
                                    : is & kBoolean ? "a boolean"
                                                    : "a number";
    const auto at = member.bracketed();
    return {400,
            cat("Invalid type for '", at, "': expected ", wanted, ", but got ", value.type_name(),
                " instead."),
            "invalid_type", at};
}

// null stands for absent nearly everywhere.
constexpr Field kChat[] = {
    {"model", kString},
    {"messages", kArray, true},
    {"audio", kObject | kNull},
    {"frequency_penalty", kNumber | kNull},
    {"function_call", kString | kObject | kNull},
    {"functions", kArray | kNull},
    {"logit_bias", kObject | kNull},
    {"logprobs", kBoolean | kNull},
    {"max_completion_tokens", kInteger | kNull},
    {"max_tokens", kInteger | kNull},
    {"metadata", kObject | kNull},
    {"modalities", kArray | kNull},
    {"n", kInteger | kNull},
    {"parallel_tool_calls", kBoolean | kNull},
    {"prediction", kObject | kNull},
    {"presence_penalty", kNumber | kNull},
    {"prompt_cache_key", kString | kNull},
    {"prompt_cache_retention", kString | kNull},
    {"reasoning_effort", kString | kNull},
    {"response_format", kObject | kNull},
    {"safety_identifier", kString | kNull},
    {"seed", kInteger | kNull},
    {"service_tier", kString | kNull},
    {"stop", kString | kArray | kNull},
    {"store", kBoolean | kNull},
    {"stream", kBoolean | kNull},
    {"stream_options", kObject | kNull},
    {"temperature", kNumber | kNull},
    {"tool_choice", kString | kObject | kNull},
    {"tools", kArray | kNull},
    {"top_logprobs", kInteger | kNull},
    {"top_p", kNumber | kNull},
    {"user", kString | kNull},
    {"verbosity", kString | kNull},
    {"web_search_options", kObject | kNull},
};
constexpr Field kText[] = {{"model", kString},
                           {"prompt", kString | kArray, true},
                           {"best_of", kInteger | kNull},
                           {"echo", kBoolean | kNull},
                           {"frequency_penalty", kNumber | kNull},
                           {"logit_bias", kObject | kNull},
                           {"logprobs", kInteger | kNull},
                           {"max_tokens", kInteger | kNull},
                           {"n", kInteger | kNull},
                           {"presence_penalty", kNumber | kNull},
                           {"seed", kInteger | kNull},
                           {"stop", kString | kArray | kNull},
                           {"stream", kBoolean | kNull},
                           {"stream_options", kObject | kNull},
                           {"suffix", kString | kNull},
                           {"temperature", kNumber | kNull},
                           {"top_p", kNumber | kNull},
                           {"user", kString | kNull}};
constexpr Field kEmbeddings[] = {{"model", kString},
                                 {"input", kString | kArray, true},
                                 {"encoding_format", kString},
                                 {"dimensions", kInteger},
                                 {"user", kString}};

struct Range {
    const char* name;
    double least, most;
};
constexpr Range kRanges[] = {{"temperature", 0, 2},
                             {"top_p", 0, 1},
                             {"n", 1, 128},
                             {"frequency_penalty", -2, 2},
                             {"presence_penalty", -2, 2},
                             {"max_tokens", 1, 1e9},
                             {"max_completion_tokens", 1, 1e9},
                             {"top_logprobs", 0, 20}};

void check_ranges(const Value& body, Findings& out) {
    for (const auto& [name, least, most] : kRanges) {
        const auto& value = member_at(body, name);
        if (!value.is_number()) continue;
        const auto number = value.get<double>();
        if (number < least || number > most)
            out.say({400,
                     cat("Invalid value for '", name, "': ", number, " is not between ", least,
                         " and ", most, "."),
                     "integer_out_of_range", name});
    }
    if (items_at(body, "stop").size() > 4)
        out.say({400, "Invalid 'stop': array too long. Expected an array with maximum length 4.",
                 "array_above_max_length", "stop"});
    if (member_at(body, "stream_options").is_object() && member_at(body, "stream") != true)
        out.say({400, "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
                 "", "stream_options"});
}

void check_function(const Value& function, const Where& where, Findings& out) {
    constexpr Field kFunction[] = {{"name", kString, true},
                                   {"description", kString},
                                   {"parameters", kObject},
                                   {"strict", kBoolean | kNull}};
    out.fields(function, where, kFunction);
    if (function.contains("name") && !matches(text_at(function, "name"), kWordLetters, 64))
        out.say({400,
                 cat("Invalid '", (where / "name").bracketed(),
                     "': string does not match pattern. Expected a string that matches the "
                     "pattern '^[a-zA-Z0-9_-]+$'."),
                 "invalid_value", (where / "name").bracketed()});
}

void check_tools(const Value& body, Findings& out) {
    constexpr Field kTool[] = {{"type", kString, true}, {"function", kObject}, {"custom", kObject}};
    const auto& tools = items_at(body, "tools");
    for (std::size_t i = 0; i < tools.size(); ++i) {
        const auto where = Where{} / "tools" / i;
        out.fields(tools[i], where, kTool);
        if (text_at(tools[i], "type") == "function")
            check_function(member_at(tools[i], "function"), where / "function", out);
    }
    if (tools.empty() && member_at(body, "tool_choice") != nullptr)
        out.say({400,
                 "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' "
                 "are specified.",
                 "", "tool_choice"});
    if (tools.empty() && member_at(body, "parallel_tool_calls") != nullptr)
        out.say({400,
                 "Invalid value for 'parallel_tool_calls': 'parallel_tool_calls' is only allowed "
                 "when 'tools' are specified.",
                 "", "parallel_tool_calls"});
}

void check_format(const Value& format, Findings& out) {
    if (!format.is_object()) return;
    const auto type = text_at(format, "type");
    const auto where = Where{} / "response_format";
    if (type != "text" && type != "json_object" && type != "json_schema")
        out.say({400,
                 cat("Invalid value: '", type,
                     "'. Supported values are: 'json_object', 'json_schema', and 'text'."),
                 "invalid_value", "response_format.type"});
    if (type != "json_schema") return;
    constexpr Field kSchema[] = {{"name", kString, true},
                                 {"description", kString},
                                 {"schema", kObject},
                                 {"strict", kBoolean | kNull}};
    out.fields(member_at(format, "json_schema"), where / "json_schema", kSchema);
}

}  // namespace

const Wording kWording{unknown, missing, mistyped};

void check_chat(const Value& body, Findings& out) {
    out.fields(body, {}, kChat);
    if (!body.is_object()) return;
    check_messages(items_at(body, "messages"), out);
    check_ranges(body, out);
    check_tools(body, out);
    check_format(member_at(body, "response_format"), out);
}

void check_completions(const Value& body, Findings& out) {
    out.fields(body, {}, kText);
    if (body.is_object()) check_ranges(body, out);
}

void check_embeddings(const Value& body, Findings& out) {
    out.fields(body, {}, kEmbeddings);
    const auto format = text_at(body, "encoding_format");
    if (!format.empty() && format != "float" && format != "base64")
        out.say({400, "Invalid value for 'encoding_format'.", "invalid_value", "encoding_format"});
    if (body.is_object() && body.contains("input") && member_at(body, "input").empty())
        out.say({400, "Invalid 'input': empty.", "invalid_value", "input"});
}

void check(const Route& route, const Value& body, Findings& out) {
    if (route.endpoint == Endpoint::chat) check_chat(body, out);
    if (route.endpoint == Endpoint::completions) check_completions(body, out);
    if (route.endpoint == Endpoint::embeddings) check_embeddings(body, out);
}

}  // namespace ogem::fake::openai
