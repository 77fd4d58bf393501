#include "gemini/parts.h"

#include "base/text.h"
#include "gemini/rules.h"

namespace ogem::fake::gemini {

using json::Writer;

std::string_view finish_reason(Finish finish) {
    switch (finish) {
        case Finish::length:
        case Finish::context_full:
            return "MAX_TOKENS";
        case Finish::refusal:
            return "SAFETY";
        case Finish::malformed_call:
            return "MALFORMED_FUNCTION_CALL";
        case Finish::recitation:
            return "RECITATION";
        case Finish::continuation:
            return "CONTINUATION";
        default:
            return "STOP";
    }
}

std::string text_part(std::string_view quoted, bool thought) {
    return cat(R"({"text":)", quoted, thought ? R"(,"thought":true})" : "}");
}

// Vertex gives calls no ids; studio's newer models do.
std::string call_part(const Reply& reply, const Block& block, bool first) {
    const auto model = model_of(reply.model);
    const auto arguments = text_of(block);
    std::string out;
    Writer w(out);
    w.begin_object().key("functionCall").begin_object().key("name").value(block.name);
    w.key("args").raw(arguments.empty() ? "{}" : arguments);
    if (reply.route.dialect == Dialect::studio && model.at_least(3, 0)) w.key("id").value(block.id);
    w.end_object();
    if (first && model.at_least(2, 5))
        w.key("thoughtSignature").value(call_signature(reply.model, block.name));
    w.end_object();
    return out;
}

void write_usage(Writer& w, const Reply& reply, bool whole) {
    if (!reply.usage.told) return;
    const auto& usage = reply.usage;
    const auto prompt = usage.input + usage.cache_read + usage.cache_write;
    w.key("usageMetadata").begin_object().key("promptTokenCount").value(prompt);
    if (usage.cache_read > 0) w.key("cachedContentTokenCount").value(usage.cache_read);
    if (whole) w.key("candidatesTokenCount").value(usage.output);
    if (usage.thinking > 0) w.key("thoughtsTokenCount").value(usage.thinking);
    w.key("totalTokenCount").value(prompt + usage.thinking + (whole ? usage.output : 0));
    w.key("promptTokensDetails").raw(cat(R"([{"modality":"TEXT","tokenCount":)", prompt, "}]"));
    if (reply.route.dialect == Dialect::vertex) w.key("trafficType").value("ON_DEMAND");
    w.end_object();
}

void write_rest(Writer& w, const Reply& reply, std::string_view id) {
    w.key("modelVersion").value(reply.model).key("responseId").value(id);
    if (reply.route.dialect == Dialect::vertex)
        w.key("createTime").value("2026-01-01T00:00:00.000000Z");
}

void write_safety(Writer& w, bool blocked) {
    w.key("safetyRatings").begin_array().begin_object();
    w.key("category").value("HARM_CATEGORY_DANGEROUS_CONTENT");
    w.key("probability").value(blocked ? "HIGH" : "NEGLIGIBLE");
    if (blocked) w.key("blocked").value(true);
    w.end_object().end_array();
}

void write_blocked(Writer& w) {
    w.key("promptFeedback").begin_object().key("blockReason").value("PROHIBITED_CONTENT");
    w.end_object();
}

}  // namespace ogem::fake::gemini
