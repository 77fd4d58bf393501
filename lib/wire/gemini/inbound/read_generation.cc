#include "wire/gemini/inbound/read_generation.h"

#include "base/text.h"
#include "wire/gemini/inbound/json_schema.h"

namespace ogem::wire::gemini {

namespace {

using chat::ResponseFormat;

constexpr int kMostCandidates = 8;

Result<void> read_count(const Spot& member, int& n) {
    std::optional<std::int64_t> count;
    if (auto taken = take(member, count); !taken) return taken;
    if (*count < 1 || *count > kMostCandidates) return member.refuse("must be 1 to 8");
    n = static_cast<int>(*count);
    return {};
}

Result<void> read_stops(const Spot& member, std::vector<std::string>& stop) {
    stop.clear();
    return each_element(member, [&](const Spot& text) { return take(text, stop.emplace_back()); });
}

Result<void> read_seed(const Spot& member, chat::Json& seed) {
    std::optional<std::int64_t> number;
    auto taken = take(member, number);
    if (taken) seed = member.raw;
    return taken;
}

Result<void> read_schema(const Spot& member, bool is_json_schema, ResponseFormat& format) {
    if (!member.is_object()) return member.refuse("must be an object");
    auto schema =
        is_json_schema ? Result<chat::Json>(std::string(member.raw)) : json_schema_of(member.raw);
    if (!schema) return member.refuse(schema.error().message);
    format.kind = ResponseFormat::Kind::json_schema;
    format.name = "output";
    format.schema = std::move(*schema);
    return {};
}

Result<void> read_media_type(const Spot& member, GenerateRequest& out) {
    std::string media_type;
    if (auto taken = take(member, media_type); !taken) return taken;
    auto& kind = out.request.response_format.kind;
    if (media_type == "application/json") {
        if (kind == ResponseFormat::Kind::unset) kind = ResponseFormat::Kind::json_object;
    } else if (media_type == "text/plain") {
        if (kind == ResponseFormat::Kind::unset) kind = ResponseFormat::Kind::text;
    } else {
        out.dropped.push_back(member.path());
    }
    return {};
}

// Text is what everybody answers; anything else is not asked of other providers.
Result<void> read_modalities(const Spot& member, GenerateRequest& out) {
    bool other = false;
    auto read = each_element(member, [&](const Spot& element) -> Result<void> {
        std::string modality;
        auto taken = take(element, modality);
        other = other || to_lower(modality) != "text";
        return taken;
    });
    if (read && other) out.dropped.push_back(member.path());
    return read;
}

std::string effort_of_budget(std::int64_t tokens) {
    if (tokens < 0) return {};  // as much as the model likes
    if (tokens == 0) return "none";
    if (tokens <= 2'048) return "low";
    return tokens <= 8'192 ? "medium" : "high";
}

Result<void> read_level(const Spot& member, std::string& effort) {
    std::string level;
    if (auto taken = take(member, level); !taken) return taken;
    level = to_lower(level);
    for (const auto* word : {"minimal", "low", "medium", "high"})
        if (level == word) effort = level;
    return {};
}

Result<void> read_thinking(const Spot& config, GenerateRequest& out) {
    return each_member(config, [&](const Spot& member) -> Result<void> {
        if (is_named(member.name, "includeThoughts")) return take(member, out.include_thoughts);
        if (is_named(member.name, "thinkingLevel"))
            return read_level(member, out.request.reasoning_effort);
        if (!is_named(member.name, "thinkingBudget")) return {};
        std::optional<std::int64_t> budget;
        auto taken = take(member, budget);
        if (taken) out.request.reasoning_effort = effort_of_budget(*budget);
        return taken;
    });
}

Result<void> read_member(const Spot& member, GenerateRequest& out) {
    const auto is = [&](std::string_view camel) { return is_named(member.name, camel); };
    auto& s = out.request.sampling;
    auto& format = out.request.response_format;
    if (is("temperature")) return take(member, s.temperature);
    if (is("topP")) return take(member, s.top_p);
    if (is("topK")) return take(member, s.top_k);
    if (is("candidateCount")) return read_count(member, s.n);
    if (is("maxOutputTokens")) return take(member, s.max_tokens);
    if (is("stopSequences")) return read_stops(member, s.stop);
    if (is("seed")) return read_seed(member, s.seed);
    if (is("presencePenalty")) return take(member, s.presence_penalty);
    if (is("frequencyPenalty")) return take(member, s.frequency_penalty);
    if (is("responseLogprobs")) return take(member, s.logprobs);
    if (is("logprobs")) return take(member, s.top_logprobs);
    if (is("responseMimeType")) return read_media_type(member, out);
    if (is("responseSchema")) return read_schema(member, false, format);
    if (is("responseJsonSchema") || member.name == "_responseJsonSchema")
        return read_schema(member, true, format);
    if (is("responseModalities")) return read_modalities(member, out);
    if (is("thinkingConfig")) return read_thinking(member, out);
    out.dropped.push_back(member.path());
    return {};
}

}  // namespace

Result<void> read_generation(const Spot& config, GenerateRequest& out) {
    return each_member(config, [&](const Spot& member) { return read_member(member, out); });
}

}  // namespace ogem::wire::gemini
