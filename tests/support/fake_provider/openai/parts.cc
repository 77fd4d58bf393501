#include "openai/parts.h"

#include "base/text.h"

namespace ogem::fake::openai {

namespace {

using json::Writer;

constexpr std::string_view kSnapshot = "-2024-08-06";

void write_verdicts(Writer& w, bool filtered) {
    w.begin_object();
    for (const std::string_view kind : {"hate", "self_harm", "sexual", "violence"}) {
        const bool hit = filtered && kind == "violence";
        w.key(kind).begin_object().key("filtered").value(hit);
        w.key("severity").value(hit ? "high" : "safe").end_object();
    }
    w.end_object();
}

}  // namespace

void write_start(Writer& w, std::string_view object, std::string_view model) {
    w.begin_object().key("id").value("chatcmpl-fake").key("object").value(object);
    w.key("created").value(kCreated).key("model").value(cat(model, kSnapshot));
}

void write_usage(Writer& w, const Usage& usage) {
    const auto prompt = usage.input + usage.cache_read + usage.cache_write;
    const auto completion = usage.output + usage.thinking;
    w.key("usage").begin_object().key("prompt_tokens").value(prompt);
    w.key("completion_tokens").value(completion);
    w.key("total_tokens").value(prompt + completion);
    if (usage.cache_read > 0)
        w.key("prompt_tokens_details")
            .begin_object()
            .key("cached_tokens")
            .value(usage.cache_read)
            .end_object();
    if (usage.thinking > 0)
        w.key("completion_tokens_details")
            .begin_object()
            .key("reasoning_tokens")
            .value(usage.thinking)
            .end_object();
    w.end_object();
}

void write_filter(Writer& w, bool filtered) {
    w.key("content_filter_results");
    write_verdicts(w, filtered);
}

void write_prompt_filter(Writer& w) {
    w.key("prompt_filter_results").begin_array().begin_object().key("prompt_index").value(0);
    write_filter(w, false);
    w.end_object().end_array();
}

void write_inner_error(Writer& w) {
    w.key("innererror").begin_object().key("code").value("ResponsibleAIPolicyViolation");
    w.key("content_filter_result");
    write_verdicts(w, true);
    w.end_object();
}

std::string_view finish_word(const Reply& reply) {
    switch (reply.finish) {
        case Finish::length:
        case Finish::context_full:
            return "length";
        case Finish::tool_calls:
            return "tool_calls";
        case Finish::refusal:
            return reply.route.dialect == Dialect::azure ? "content_filter" : "stop";
        case Finish::blocked:
            return "content_filter";
        default:
            return "stop";
    }
}

std::string call_id(const Block& block, std::size_t choice) {
    return choice == 0 ? cat("call_", block.id) : cat("call_", block.id, "_", choice);
}

}  // namespace ogem::fake::openai
