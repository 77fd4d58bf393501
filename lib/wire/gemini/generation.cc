#include "wire/gemini/generation.h"

#include "json/scan.h"
#include "wire/gemini/schema.h"
#include "wire/gemini/thinking.h"
#include "wire/refuse.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace ogem::wire::gemini {

namespace {

constexpr int kMostCandidates = 8;
constexpr std::size_t kMostStops = 5;

// A seed as the 32 bits that Gemini takes: itself where it fits, else the rest of it, digit by
// digit, so that seeds beyond 64 bits tell apart as well.
std::optional<std::int64_t> folded_seed(std::string_view seed) {
    constexpr std::int64_t kModulus = 1ll << 31;
    const bool negative = seed.starts_with('-');
    const auto digits = seed.substr(negative ? 1 : 0);
    if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) {
        const auto number = json::number_of(seed);  // 3.0, as some clients write it
        const bool whole = number && *number == static_cast<double>(static_cast<std::int32_t>(
                                                    std::clamp(*number, -2e9, 2e9)));
        return whole ? std::optional(static_cast<std::int64_t>(*number)) : std::nullopt;
    }
    std::int64_t folded = 0;
    for (const char digit : digits) folded = (folded * 10 + (digit - '0')) % kModulus;
    return negative ? -folded : folded;
}

template <class Number>
void write_if(json::Writer& w, std::string_view name, const std::optional<Number>& number) {
    if (number) w.key(name).value(*number);
}

void write_stops(json::Writer& w, const std::vector<std::string>& stops,
                 std::vector<std::string>& dropped) {
    std::vector<std::string_view> kept;
    for (const auto& stop : stops)
        if (!stop.empty()) kept.emplace_back(stop);
    if (kept.size() > kMostStops) {
        dropped.emplace_back("stop");
        kept.resize(kMostStops);
    }
    if (kept.empty()) return;
    w.key("stopSequences").begin_array();
    for (const auto stop : kept) w.value(stop);
    w.end_array();
}

Result<void> write_sampling(json::Writer& w, const chat::Sampling& sampling, const Place& place,
                            std::vector<std::string>& dropped) {
    if (sampling.n > kMostCandidates)
        return refuse_member("n", cat("Gemini gives at most ", kMostCandidates, " answers"));
    auto temperature = sampling.temperature;
    if (temperature) temperature = std::min(*temperature, 2.0);
    auto max_tokens = sampling.max_tokens;
    if (max_tokens && place.can.max_output_tokens > 0)
        max_tokens = std::min(*max_tokens, place.can.max_output_tokens);
    write_if(w, "temperature", temperature);
    write_if(w, "topP", sampling.top_p);
    write_if(w, "topK", sampling.top_k);
    if (sampling.n > 1) w.key("candidateCount").value(sampling.n);
    write_if(w, "maxOutputTokens", max_tokens);
    write_stops(w, sampling.stop, dropped);
    const auto seed = folded_seed(sampling.seed);
    write_if(w, "seed", seed);
    if (!seed && !sampling.seed.empty()) dropped.emplace_back("seed");
    write_if(w, "presencePenalty", sampling.presence_penalty);
    write_if(w, "frequencyPenalty", sampling.frequency_penalty);
    if (!sampling.logprobs.value_or(false)) return {};
    w.key("responseLogprobs").value(true);
    if (sampling.top_logprobs.value_or(0) > 0) w.key("logprobs").value(*sampling.top_logprobs);
    return {};
}

Result<void> write_format(json::Writer& w, const chat::ResponseFormat& format,
                          chat::SchemaForm form) {
    using Kind = chat::ResponseFormat::Kind;
    if (format.kind != Kind::json_object && format.kind != Kind::json_schema) return {};
    w.key("responseMimeType").value("application/json");
    if (format.kind != Kind::json_schema || format.schema.empty()) return {};
    if (form == chat::SchemaForm::json) {
        w.key("responseJsonSchema").raw(format.schema);
        return {};
    }
    const auto converted = converted_schema(format.schema);
    if (!converted)
        return refuse_member("response_format.json_schema.schema", converted.error().message);
    w.key("responseSchema").raw(*converted);
    return {};
}

}  // namespace

Result<void> write_generation(json::Writer& w, const chat::Request& request, const Place& place,
                              std::vector<std::string>& dropped) {
    std::string members;
    json::Writer inner(members);
    inner.begin_object();
    if (auto written = write_sampling(inner, request.sampling, place, dropped); !written)
        return written;
    if (auto written = write_format(inner, request.response_format, place.can.schema); !written)
        return written;
    const auto wish = thinking_wish(request.reasoning_effort, place);
    if (wish.effort_lost) dropped.emplace_back("reasoning_effort");
    write_thinking(inner, wish);
    inner.end_object();
    if (members != "{}") w.key("generationConfig").raw(members);
    return {};
}

}  // namespace ogem::wire::gemini
