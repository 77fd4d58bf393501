// The top of a request: what there is, its limits, safety settings.
#include "base/text.h"
#include "gemini/rules.h"
#include "say/talk.h"

#include <algorithm>

namespace ogem::fake::gemini {

namespace {

using json::Value;

constexpr Field kFields[] = {
    {"contents", kArray, true}, {"systemInstruction", kObject}, {"tools", kArray},
    {"toolConfig", kObject},    {"generationConfig", kObject},  {"safetySettings", kArray},
    {"cachedContent", kString}, {"serviceTier", kString},       {"model", kString},
};
constexpr Field kGeneration[] = {
    {"temperature", kNumber},
    {"topP", kNumber},
    {"topK", kNumber},
    {"candidateCount", kInteger},
    {"maxOutputTokens", kInteger},
    {"stopSequences", kArray},
    {"seed", kInteger},
    {"presencePenalty", kNumber},
    {"frequencyPenalty", kNumber},
    {"responseLogprobs", kBoolean},
    {"logprobs", kInteger},
    {"responseMimeType", kString},
    {"responseSchema", kObject},
    {"responseJsonSchema", kObject},
    {"responseModalities", kArray},
    {"mediaResolution", kString},
    {"speechConfig", kObject},
    {"thinkingConfig", kObject},
};
constexpr Field kThinking[] = {
    {"includeThoughts", kBoolean}, {"thinkingBudget", kInteger}, {"thinkingLevel", kString}};
constexpr Field kSafety[] = {
    {"category", kString, true}, {"threshold", kString, true}, {"method", kString}};
constexpr std::string_view kCategories =
    " HARM_CATEGORY_HARASSMENT HARM_CATEGORY_HATE_SPEECH HARM_CATEGORY_SEXUALLY_EXPLICIT "
    "HARM_CATEGORY_DANGEROUS_CONTENT HARM_CATEGORY_CIVIC_INTEGRITY ";
constexpr std::string_view kThresholds =
    " BLOCK_NONE BLOCK_ONLY_HIGH BLOCK_MEDIUM_AND_ABOVE BLOCK_LOW_AND_ABOVE OFF ";

bool has_word(std::string_view words, std::string_view word) {
    return words.find(cat(' ', word, ' ')) != std::string_view::npos;
}

double number_at(const Value& object, const char* name, double absent) {
    const auto& value = member_at(object, name);
    return value.is_number() ? value.get<double>() : absent;
}

void check_safety(const Value& settings, Findings& out) {
    for (std::size_t i = 0; i < settings.size(); ++i) {
        const auto where = Where{} / "safetySettings" / i;
        out.fields(settings[i], where, kSafety);
        for (const auto& [name, words] :
             {std::pair{"category", kCategories}, {"threshold", kThresholds}}) {
            const auto value = text_at(settings[i], name);
            out.when(
                !value.empty() && !has_word(words, value),
                cat("Invalid value at 'safety_settings[", i, "].", name, "', \"", value, "\""));
        }
    }
}

void check_thinking(const Value& config, const Terms& terms, Findings& out) {
    if (!config.is_object()) return;
    out.fields(config, Where{} / "generationConfig" / "thinkingConfig", kThinking);
    out.when(!terms.model.takes_thinking(), "Thinking is not enabled for this model.");
    const auto level = text_at(config, "thinkingLevel");
    const auto& budget = member_at(config, "thinkingBudget");
    out.when(!level.empty() && !terms.model.takes_level(),
             "Thinking level is not supported for this model.");
    out.when(!level.empty() && !has_word(" MINIMAL LOW MEDIUM HIGH ", level),
             cat("Invalid value at 'generation_config.thinking_config.thinking_level', \"", level,
                 "\""));
    out.when(level == "MINIMAL" && !terms.model.can_stop_thinking(),
             "Thinking level MINIMAL is not supported for this model.");
    out.when(!level.empty() && !budget.is_null(),
             "You can only set only one of thinking budget and thinking level.");
    out.when(budget == 0 && !terms.model.can_stop_thinking(),
             "Budget 0 is invalid. This model only works in thinking mode.");
    out.when(
        number_at(config, "thinkingBudget", 0) < -1 ||
            number_at(config, "thinkingBudget", 0) > 32768,
        "The thinking budget is out of range. Please set it to -1 or a value from 0 to 32768.");
}

void check_format(const Value& config, const Terms& terms, Findings& out) {
    const auto where = Where{} / "generationConfig";
    const bool old = config.contains("responseSchema"),
               newer = config.contains("responseJsonSchema");
    const auto mime = text_at(config, "responseMimeType");
    out.when(old && newer, "Only one of response_schema and response_json_schema can be set.");
    out.when((old || newer) && mime != "application/json" && mime != "text/x.enum",
             "* GenerateContentRequest.generation_config.response_mime_type: response_schema is "
             "only supported with application/json.\n");
    constexpr std::string_view kMimes = " application/json text/plain text/x.enum ";
    out.when(!mime.empty() && !has_word(kMimes, mime),
             "* GenerateContentRequest.generation_config.response_mime_type: allowed mimetypes are "
             "`text/plain`, `application/json`, `application/xml`, `application/yaml` and "
             "`text/x.enum`.\n");
    if (old) check_schema(config["responseSchema"], where / "responseSchema", out);
    if (!newer) return;
    out.when(!terms.model.takes_json_schema(), "JSON Schema is not supported for this model.");
    check_json_schema(config["responseJsonSchema"], where / "responseJsonSchema", out);
}

void check_ranges(const Value& config, Findings& out) {
    struct Range {
        const char* name;
        double least, most;
    };
    constexpr Range kRanges[] = {{"temperature", 0, 2},      {"topP", 0, 1},
                                 {"candidateCount", 1, 8},   {"maxOutputTokens", 1, 1e9},
                                 {"presencePenalty", -2, 2}, {"frequencyPenalty", -2, 2},
                                 {"logprobs", 0, 20},        {"seed", -2147483648.0, 2147483647}};
    for (const auto& [name, least, most] : kRanges) {
        const auto value = number_at(config, name, least);
        out.when(value < least || value > most,
                 cat("Unable to submit request because it has a ", name, " value of ", value,
                     " but the supported range is from ", least, " to ", most, "."));
    }
}

}  // namespace

void check_generation(const Value& body, const Terms& terms, Findings& out) {
    const auto& config = member_at(body, "generationConfig");
    if (!config.is_object()) return;
    const auto where = Where{} / "generationConfig";
    std::vector<Field> fields(std::begin(kGeneration), std::end(kGeneration));
    if (terms.vertex) {
        fields.push_back({"audioTimestamp", kBoolean});
        fields.push_back({"routingConfig", kObject});
    }
    out.fields(config, where, fields);
    check_ranges(config, out);
    check_format(config, terms, out);
    check_thinking(member_at(config, "thinkingConfig"), terms, out);
    const auto& stops = items_at(config, "stopSequences");
    out.when(stops.size() > 5,
             "* GenerateContentRequest.generation_config.stop_sequences: at most 5 stop sequences "
             "are supported\n");
    for (std::size_t i = 0; i < stops.size(); ++i)
        out.is(stops[i], where / "stopSequences" / i, kString);
    out.when(config.contains("logprobs") && member_at(config, "responseLogprobs") != true,
             "Logprobs can only be set if response_logprobs is true.");
}

void check_generate(const Value& body, const Terms& terms, Findings& out) {
    std::vector<Field> fields(std::begin(kFields), std::end(kFields));
    if (terms.vertex) fields.push_back({"labels", kObject});
    out.fields(body, {}, fields);
    const auto& system = member_at(body, "systemInstruction");
    if (system.is_object()) {
        check_content(system, Where{} / "systemInstruction", terms, out);
        for (const auto& part : items_at(system, "parts"))
            out.when(!part.contains("text"), "Only text is supported in system_instruction.");
    }
    check_contents(member_at(body, "contents"), terms, out);
    check_tools(body, terms, out);
    check_generation(body, terms, out);
    check_safety(items_at(body, "safetySettings"), out);
}

void check_count(const Value& body, const Terms& terms, Findings& out) {
    if (body.contains("generateContentRequest"))
        return check_generate(body["generateContentRequest"], terms, out);
    constexpr Field kCount[] = {{"contents", kArray, true},     {"generateContentRequest", kObject},
                                {"systemInstruction", kObject}, {"tools", kArray},
                                {"generationConfig", kObject},  {"model", kString}};
    out.fields(body, {}, kCount);
    check_contents(member_at(body, "contents"), terms, out);
}

}  // namespace ogem::fake::gemini
