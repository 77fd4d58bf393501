// The top of a Messages request, and the knobs that depend on model and API version.
#include "anthropic/rules.h"
#include "base/text.h"
#include "say/talk.h"

namespace ogem::fake::anthropic {

namespace {

using json::Value;

constexpr Field kFields[] = {
    {"model", kString, true},
    {"max_tokens", kInteger, true},
    {"messages", kArray, true},
    {"system", kString | kArray},
    {"tools", kArray},
    {"tool_choice", kObject},
    {"stop_sequences", kArray},
    {"stream", kBoolean},
    {"temperature", kNumber},
    {"top_p", kNumber},
    {"top_k", kInteger},
    {"thinking", kObject},
    {"output_config", kObject},
    {"cache_control", kObject | kNull},
    {"metadata", kObject},
    {"service_tier", kString},
    {"speed", kString | kNull},
    {"diagnostics", kObject | kNull},
    {"inference_geo", kString | kNull},
    {"container", kObject | kString | kNull},
    {"anthropic_version", kString, true},  // on Vertex
    {"anthropic_beta", kArray},            // on Vertex
};

constexpr std::string_view kSampling[] = {"temperature", "top_p", "top_k"};

bool takes(std::string_view field, const Terms& terms) {
    if (field == "model") return !terms.vertex || terms.counting;
    if (field.starts_with("anthropic_")) return terms.vertex;
    for (const auto knob : kSampling)
        if (field == knob) return !terms.newer && !terms.counting;
    for (const std::string_view spoken :
         {"max_tokens", "stop_sequences", "stream", "metadata", "service_tier"})
        if (field == spoken) return !terms.counting;
    return true;
}

void check_stops(const Value& stops, Findings& out) {
    for (std::size_t i = 0; i < stops.size(); ++i) {
        const auto where = Where{} / "stop_sequences" / i;
        if (!out.is(stops[i], where, kString)) continue;
        const auto text = stops[i].get<std::string>();
        out.when(trim(text).empty(),
                 cat(where.dotted(), ": each stop sequence must contain non-whitespace"));
    }
}

void check_system(const Value& body, const Terms& terms, Findings& out) {
    const auto& system = member_at(body, "system");
    if (system.is_array()) check_text_blocks(system, Where{} / "system", terms, out);
}

void check_format(const Value& config, const Terms& terms, Findings& out) {
    constexpr Field kConfig[] = {{"effort", kString | kNull}, {"format", kObject | kNull}};
    constexpr Field kFormat[] = {{"type", kString, true}, {"schema", kObject, true}};
    const auto where = Where{} / "output_config";
    out.fields(config, where, kConfig);
    const auto effort = text_at(config, "effort");
    if (!effort.empty()) {
        out.when(!terms.model.takes_effort(), "This model does not support the effort parameter.");
        constexpr std::string_view kLevels = " low medium high xhigh max ";
        out.when(kLevels.find(cat(' ', effort, ' ')) == std::string_view::npos,
                 "output_config.effort: Input should be 'low', 'medium', 'high', 'xhigh' or 'max'");
    }
    const auto& format = member_at(config, "format");
    if (!format.is_object()) return;
    out.when(!terms.model.takes_format(),
             cat("'", terms.model_name, "' does not support output format."));
    out.fields(format, where / "format", kFormat);
    out.when(text_at(format, "type") != "json_schema",
             "output_config.format.type: Input should be 'json_schema'");
    check_strict_schema(member_at(format, "schema"), where / "format" / "schema", out);
}

double number_at(const Value& body, const char* name, double absent) {
    const auto& value = member_at(body, name);
    return value.is_number() ? value.get<double>() : absent;
}

}  // namespace

Terms terms_of(const Value& body, const Route& route, std::string_view version) {
    Terms terms;
    terms.model_name = route.model.empty() ? text_at(body, "model") : route.model;
    terms.model = model_of(terms.model_name);
    terms.vertex = route.dialect == Dialect::vclaude;
    terms.newer = version == "2026-10-21";
    terms.counting = route.endpoint == Endpoint::count_tokens;
    terms.thinking = text_at(member_at(body, "thinking"), "type") == "enabled";
    terms.has_tools = !items_at(body, "tools").empty();
    return terms;
}

void check_body(const Value& body, const Terms& terms, Findings& out) {
    std::vector<Field> fields;
    for (const auto& field : kFields)
        if (takes(field.name, terms)) fields.push_back(field);
    out.fields(body, {}, fields);
    out.when(member_at(body, "model") == "", "model: String should have at least 1 character");
    out.when(number_at(body, "max_tokens", 1) < 1,
             "max_tokens: Input should be greater than or equal to 1");
    check_stops(items_at(body, "stop_sequences"), out);
    check_system(body, terms, out);
    check_knobs(body, terms, out);
    check_thinking(body, terms, out);
    check_tools(body, terms, out);
    if (body.contains("output_config")) check_format(body["output_config"], terms, out);
    check_cache_control(body, {}, out);
    constexpr Field kMetadata[] = {{"user_id", kString | kNull}};
    if (body.contains("metadata")) out.fields(body["metadata"], Where{} / "metadata", kMetadata);
    const auto tier = text_at(body, "service_tier");
    out.when(!tier.empty() && tier != "auto" && tier != "standard_only",
             "service_tier: Input should be 'auto' or 'standard_only'");
    check_messages(items_at(body, "messages"), terms, out);
}

void check_knobs(const Value& body, const Terms& terms, Findings& out) {
    const auto temperature = number_at(body, "temperature", 1);
    const auto top_p = number_at(body, "top_p", 1);
    out.when(temperature > 1, "temperature: Input should be less than or equal to 1");
    out.when(temperature < 0, "temperature: Input should be greater than or equal to 0");
    out.when(top_p > 1 || top_p < 0, "top_p: range: 0..1");
    if (!terms.model.takes_sampling()) {
        out.when(temperature != 1, "`temperature` is deprecated for this model.");
        out.when(top_p < 0.99, "`top_p` is deprecated for this model.");
        out.when(body.contains("top_k"), "`top_k` is deprecated for this model.");
    }
    const bool both = body.contains("temperature") && body.contains("top_p");
    out.when(both && terms.model.at_least(4, 1),
             "`temperature` and `top_p` cannot both be specified for this model. Please use only "
             "one.");
}

void check_cache_control(const Value& holder, const Where& where, Findings& out) {
    constexpr Field kControl[] = {{"type", kString, true}, {"ttl", kString}};
    const auto& control = member_at(holder, "cache_control");
    if (!control.is_object()) return;
    const auto here = where / "cache_control";
    out.fields(control, here, kControl);
    out.when(text_at(control, "type") != "ephemeral",
             cat(here.dotted(), ".type: Input should be 'ephemeral'"));
    const auto ttl = text_at(control, "ttl");
    out.when(!ttl.empty() && ttl != "5m" && ttl != "1h",
             cat(here.dotted(), ".ephemeral.ttl: Input should be '5m' or '1h'"));
}

}  // namespace ogem::fake::anthropic
