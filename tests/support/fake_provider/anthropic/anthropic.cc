#include "anthropic/anthropic.h"

#include "anthropic/rules.h"
#include "anthropic/words.h"
#include "base/text.h"
#include "google/front.h"
#include "json/writer.h"

namespace ogem::fake::anthropic {

namespace {

using json::Value;
using json::Writer;

void write_block(Writer& w, const Reply& reply, const Block& block) {
    w.begin_object();
    switch (block.kind) {
        case Block::Kind::text:
            w.key("type").value("text").key("text").raw(quoted_text(block));
            break;
        case Block::Kind::thinking: {
            const auto thought = reply.hide_thoughts ? "" : text_of(block);
            w.key("type").value("thinking").key("thinking").value(thought);
            w.key("signature").value(signature_of(reply.model, thought));
            break;
        }
        case Block::Kind::redacted:
            w.key("type").value("redacted_thinking");
            w.key("data").value(signature_of(reply.model, "redacted"));
            break;
        case Block::Kind::tool: {
            const auto input = text_of(block);
            w.key("type").value("tool_use").key("id").value(cat("toolu_", block.id));
            w.key("name").value(block.name).key("input").raw(input.empty() ? "{}" : input);
        }
    }
    w.end_object();
}

std::string whole(const Reply& reply) {
    std::string out;
    Writer w(out);
    w.begin_object().key("id").value(fresh_id("msg_")).key("type").value("message");
    w.key("role").value("assistant").key("model").value(reply.model);
    w.key("content").begin_array();
    for (const auto& block : reply.blocks) write_block(w, reply, block);
    w.end_array().key("stop_reason").value(stop_reason(reply)).key("stop_sequence");
    reply.stop_sequence.empty() ? w.null() : w.value(reply.stop_sequence);
    if (reply.finish == Finish::refusal || reply.finish == Finish::blocked)
        w.key("stop_details")
            .raw(
                R"({"type":"refusal","category":null,"explanation":"The fake will not say that."})");
    if (reply.usage.told) {
        Value usage;
        write_usage(usage, reply.usage);
        w.key("usage").raw(usage.dump());
    }
    w.end_object();
    return out;
}

std::string plain(const Ask& ask) {
    if (ask.route.endpoint == Endpoint::count_tokens) return R"({"input_tokens":9})";
    constexpr std::string_view kModel =
        R"({"type":"model","id":"claude-fake","display_name":"Fake","created_at":"2026-01-01T00:00:00Z","max_input_tokens":200000,"max_tokens":64000})";
    if (ask.route.endpoint == Endpoint::model) return std::string(kModel);
    return cat(R"({"data":[)", kModel,
               R"(],"has_more":false,"first_id":"claude-fake","last_id":"claude-fake"})");
}

Frame stream_error(const Trouble& trouble, bool odd) {
    return {error(trouble), odd ? "" : "error"};
}

// The rules for a body that passed the front door.
std::optional<Refusal> body_refusal(const Value& body, const Route& route, std::string_view version,
                                    Findings& findings) {
    const auto terms = terms_of(body, route, version);
    if (body.is_null()) findings.say("The request body is not valid JSON");
    check_body(body, terms, findings);
    if (!findings.any()) return {};
    return Refusal{*findings.first(), &kVoice};
}

bool has_body(const Route& route) {
    return route.endpoint == Endpoint::chat || route.endpoint == Endpoint::count_tokens;
}

std::optional<Refusal> refusal(const Request& request, const Route& route, const Value& body,
                               const google::Tokens&) {
    Findings findings(kWording);
    check_front(request, findings);
    if (findings.any()) return Refusal{*findings.first(), &kVoice};
    if (!has_body(route)) return {};
    return body_refusal(body, route, request.header("anthropic-version"), findings);
}

// On Vertex, Google lets in; the version stands in the body.
std::optional<Refusal> vertex_refusal(const Request& request, const Route& route, const Value& body,
                                      const google::Tokens& tokens) {
    if (auto refused = google::front_refusal(request, route, tokens)) return refused;
    Findings findings(kWording);
    if (!request.header("x-api-key").empty())
        findings.say("x-api-key: a key of Anthropic's was sent to Vertex");
    const auto version = text_at(body, "anthropic_version");
    const bool known = version == "vertex-2023-10-16" || version == "2026-10-21";
    findings.when(!version.empty() && !known,
                  cat("anthropic_version: \"", version, "\" is not a valid version"));
    if (!request.header("anthropic-beta").empty())
        findings.say(cat("Unexpected value(s) `", request.header("anthropic-beta"),
                         "` for the `anthropic-beta` header."));
    const bool streams = member_at(body, "stream") == true;
    findings.when(streams && !route.stream && route.endpoint == Endpoint::chat,
                  "stream: use :streamRawPredict for streams");
    return body_refusal(body, route, version, findings);
}

}  // namespace

const Voice kVoice{whole,
                   score,
                   plain,
                   error,
                   stream_error,
                   "event: ping\ndata: {\"type\": \"ping\"}\n\n",
                   "request-id: req_fake\r\nanthropic-organization-id: org_fake\r\n"
                   "anthropic-ratelimit-requests-limit: 4000\r\n"
                   "anthropic-ratelimit-requests-remaining: 3999\r\n"
                   "anthropic-ratelimit-requests-reset: 2026-01-01T00:00:00Z\r\n"};

const Speech kSpeech{&kVoice, refusal, understand};
const Speech kVertexSpeech{&kVoice, vertex_refusal, understand};

std::string_view stop_reason(const Reply& reply) {
    switch (reply.finish) {
        case Finish::length:
        case Finish::continuation:
            return "max_tokens";
        case Finish::tool_calls:
            return "tool_use";
        case Finish::stop_sequence:
            return "stop_sequence";
        case Finish::refusal:
        case Finish::blocked:
            return "refusal";
        case Finish::pause:
            return "pause_turn";
        case Finish::context_full:
            return "model_context_window_exceeded";
        default:
            return "end_turn";
    }
}

void write_usage(Value& holder, const Usage& usage) {
    holder = {
        {"input_tokens", usage.input},
        {"cache_creation_input_tokens", usage.cache_write},
        {"cache_read_input_tokens", usage.cache_read},
        {"cache_creation",
         {{"ephemeral_5m_input_tokens", usage.cache_write}, {"ephemeral_1h_input_tokens", 0}}},
        {"output_tokens", usage.output + usage.thinking},
        {"service_tier", "standard"}};
    if (usage.thinking > 0) holder["output_tokens_details"] = {{"thinking_tokens", usage.thinking}};
}

}  // namespace ogem::fake::anthropic
