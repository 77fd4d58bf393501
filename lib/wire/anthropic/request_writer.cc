#include "wire/anthropic/request_writer.h"

#include "base/text.h"
#include "json/writer.h"
#include "wire/anthropic/content.h"
#include "wire/anthropic/conversation.h"
#include "wire/anthropic/schema.h"
#include "wire/anthropic/thinking.h"
#include "wire/anthropic/tools.h"
#include "wire/google_host.h"
#include "wire/refuse.h"

#include <algorithm>
#include <string_view>

namespace ogem::wire::anthropic {

namespace {

using Format = chat::ResponseFormat::Kind;

constexpr std::string_view kVersion = "2023-06-01";
constexpr std::string_view kVertexVersion = "vertex-2023-10-16";
// From this version on the sampling knobs are unknown to every model.
constexpr std::string_view kWithoutSampling = "2026-10-21";

// With thinking on, anything lower is refused.
constexpr double kLeastTopPThinking = 0.95;

// All decisions about one request; the writing only spells them out.
struct Plan {
    Conversation talk;
    ToolPlan tools;
    ThinkingPlan thinking;
    chat::Json schema;  // of output_config.format; empty: none
    std::int64_t max_tokens = 0;
    std::optional<double> temperature, top_p;
    std::optional<std::int64_t> top_k;
    std::vector<std::string> stop;
    std::string_view service_tier;  // empty: not said
    std::vector<std::string> dropped;

    void drop(bool lost, std::string_view name) {
        if (lost) dropped.emplace_back(name);
    }
};

std::int64_t max_tokens_of(const chat::Request& request, const chat::Capabilities& can) {
    const auto wish = request.sampling.max_tokens.value_or(can.max_tokens);
    return can.max_output_tokens > 0 ? std::min(wish, can.max_output_tokens) : wish;
}

bool is_fixed(const chat::Capabilities& can) {
    return can.sampling == chat::SamplingPolicy::fixed || can.api_version == kWithoutSampling;
}

void plan_sampling(const chat::Request& request, const chat::Capabilities& can, Plan& plan) {
    const auto& wish = request.sampling;
    const bool thinks = plan.thinking.on();
    if (!is_fixed(can)) {
        if (wish.temperature && !thinks) plan.temperature = std::min(*wish.temperature, 1.0);
        const bool both = plan.temperature && !can.temperature_with_top_p;
        if (wish.top_p && !both && (!thinks || *wish.top_p >= kLeastTopPThinking))
            plan.top_p = wish.top_p;
        if (!thinks) plan.top_k = wish.top_k;
    }
    plan.drop(wish.temperature && !plan.temperature, "temperature");
    plan.drop(wish.top_p && !plan.top_p, "top_p");
    plan.drop(wish.top_k && !plan.top_k, "top_k");
    plan.drop(!wish.seed.empty(), "seed");
    plan.drop(wish.logprobs.value_or(false), "logprobs");
    plan.drop(wish.top_logprobs.has_value(), "top_logprobs");
    plan.drop(wish.presence_penalty.has_value(), "presence_penalty");
    plan.drop(wish.frequency_penalty.has_value(), "frequency_penalty");
    for (const auto& stop : wish.stop)
        if (!says_nothing(stop)) plan.stop.push_back(stop);
    plan.drop(plan.stop.size() < wish.stop.size(), "stop");
}

void plan_service_tier(std::string_view wish, Plan& plan) {
    if (wish == "auto" || wish == "priority") plan.service_tier = "auto";
    if (wish == "default") plan.service_tier = "standard_only";
    plan.drop(!wish.empty() && plan.service_tier.empty(), "service_tier");
}

bool names_somebody(const chat::Message& message) {
    return message.role != chat::Role::tool && !message.name.empty();
}

Result<void> plan_format(const chat::Request& request, const chat::Capabilities& can, Plan& plan) {
    const auto& format = request.response_format;
    const bool has_schema = format.kind == Format::json_schema && !format.schema.empty();
    if (has_schema && can.structured_outputs) {
        auto schema = strict_schema(format.schema);
        if (!schema)
            return refuse_member("response_format.json_schema.schema", schema.error().message);
        plan.schema = std::move(*schema);
    } else if (format.kind == Format::json_object ||
               (format.kind == Format::json_schema && !needs_schema_tool(request, can))) {
        plan.talk.system.push_back(text_block(kJsonHint, {}));
        plan.drop(has_schema, "response_format");
    }
    return {};
}

Result<Plan> plan_of(const chat::Request& request, const Place& place) {
    if (request.sampling.n > kMostCopies)
        return refuse_member("n", cat("Claude gives one answer a call, and more than ", kMostCopies,
                                      " calls are not made for one request"));
    Plan plan;
    auto talk = conversation_of(request, place);
    if (!talk) return fail_as(talk);
    plan.talk = std::move(*talk);
    if (auto planned = plan_format(request, place.can, plan); !planned) return fail_as(planned);
    plan.max_tokens = max_tokens_of(request, place.can);
    const bool may_think = !plan.talk.lacks_thinking() && !needs_schema_tool(request, place.can);
    plan.thinking = plan_thinking(request, place.can, plan.max_tokens, may_think);
    auto tools = plan_tools(request, place.can, plan.thinking.on());
    if (!tools) return fail_as(tools);
    plan.tools = std::move(*tools);
    // Neither thinking nor structured outputs go with an answer that has begun.
    plan.talk.close(place.can.prefill && !plan.thinking.on() && plan.schema.empty());

    plan_sampling(request, place.can, plan);
    plan.drop(plan.thinking.dropped, "reasoning_effort");
    plan.drop(plan.tools.choice_dropped, "tool_choice");
    plan.drop(plan.tools.format_dropped, "format");
    plan_service_tier(request.service_tier, plan);
    plan.drop(std::ranges::any_of(request.messages, names_somebody), "name");
    for (const auto& extra : request.rest) plan.drop(extra.name != "cache_control", extra.name);
    return plan;
}

void write_blocks(json::Writer& w, const std::vector<chat::Json>& blocks) {
    for (const auto& block : blocks) w.raw(block);
}

void write_messages(json::Writer& w, const std::vector<Turn>& turns) {
    w.key("messages").begin_array();
    for (const auto& turn : turns) {
        const bool user = turn.role == chat::Role::user, system = turn.role == chat::Role::system;
        w.begin_object().key("role").value(user ? "user" : system ? "system" : "assistant");
        w.key("content").begin_array();
        write_blocks(w, turn.results);
        write_blocks(w, turn.blocks);
        w.end_array().end_object();
    }
    w.end_array();
}

void write_thinking(json::Writer& w, const Plan& plan) {
    if (plan.thinking.mode == ThinkingPlan::Mode::budget) {
        w.key("thinking").begin_object().key("type").value("enabled");
        w.key("budget_tokens").value(plan.thinking.budget_tokens).end_object();
    } else if (plan.thinking.mode == ThinkingPlan::Mode::adaptive) {
        w.key("thinking").raw(R"({"type":"adaptive"})");
    }
    if (plan.thinking.effort.empty() && plan.schema.empty()) return;
    w.key("output_config").begin_object();
    if (!plan.thinking.effort.empty()) w.key("effort").value(plan.thinking.effort);
    if (!plan.schema.empty()) {
        w.key("format").begin_object().key("type").value("json_schema");
        w.key("schema").raw(plan.schema).end_object();
    }
    w.end_object();
}

void write_sampling(json::Writer& w, const Plan& plan) {
    if (plan.temperature) w.key("temperature").value(*plan.temperature);
    if (plan.top_p) w.key("top_p").value(*plan.top_p);
    if (plan.top_k) w.key("top_k").value(*plan.top_k);
    if (plan.stop.empty()) return;
    w.key("stop_sequences").begin_array();
    for (const auto& stop : plan.stop) w.value(stop);
    w.end_array();
}

// Everything of the body that both places have, in the order in which Anthropic caches a prompt.
void write_body(json::Writer& w, const chat::Request& request, const Plan& plan) {
    w.key("max_tokens").value(plan.max_tokens);
    if (!plan.tools.tools.empty()) w.key("tools").raw(plan.tools.tools);
    if (!plan.tools.choice.empty()) w.key("tool_choice").raw(plan.tools.choice);
    if (!plan.talk.system.empty()) {
        w.key("system").begin_array();
        write_blocks(w, plan.talk.system);
        w.end_array();
    }
    write_messages(w, plan.talk.turns);
    write_thinking(w, plan);
    write_sampling(w, plan);
    if (!request.user.empty())
        w.key("metadata").begin_object().key("user_id").value(request.user).end_object();
    if (!plan.service_tier.empty()) w.key("service_tier").value(plan.service_tier);
    const auto cache = std::ranges::find(request.rest, "cache_control", &chat::Extra::name);
    if (cache != request.rest.end()) w.key("cache_control").raw(cache_control_of(cache->value));
    if (request.stream) w.key("stream").value(true);
}

Call call_of(const chat::Request& request, Plan plan, std::string path, std::string body) {
    Call call;
    call.path = std::move(path);
    call.headers = {{"content-type", "application/json"}};
    call.body = std::move(body);
    call.copies = std::max(request.sampling.n, 1);
    call.dropped = std::move(plan.dropped);
    call.state = std::move(plan.tools.state);
    return call;
}

}  // namespace

Result<Call> write_request(const chat::Request& request, const Place& place) {
    auto plan = plan_of(request, place);
    if (!plan) return fail_as(plan);
    std::string body;
    json::Writer w(body);
    w.begin_object().key("model").value(place.model);
    write_body(w, request, *plan);
    w.end_object();
    auto call = call_of(request, std::move(*plan), "/v1/messages", std::move(body));
    const auto& version = place.can.api_version;
    call.headers.emplace_back("anthropic-version", version.empty() ? kVersion : version);
    return call;
}

Result<Call> write_vertex_request(const chat::Request& request, const Place& place) {
    const auto model = vertex_resource(place.model, place.project, place.region, "anthropic");
    if (!model) return fail(model.error());
    auto plan = plan_of(request, place);
    if (!plan) return fail_as(plan);
    // The knob names Anthropic's own versions; the oldest is the one that Google calls otherwise.
    const auto& version = place.can.api_version;
    const bool google_s = version.empty() || version == kVersion;
    std::string body;
    json::Writer w(body);
    w.begin_object().key("anthropic_version").value(google_s ? kVertexVersion : version);
    write_body(w, request, *plan);
    w.end_object();
    const auto* verb = request.stream ? ":streamRawPredict" : ":rawPredict";
    return call_of(request, std::move(*plan), cat("/v1/", *model, verb), std::move(body));
}

}  // namespace ogem::wire::anthropic
