#include "wire/anthropic/client/message_style.h"

#include "json/writer.h"

#include <algorithm>

namespace ogem::wire::anthropic {

std::string_view message_id(std::string_view provider_s, const MessageStyle& style) {
    return provider_s.starts_with("msg_") ? provider_s : std::string_view(style.id);
}

std::string_view stop_reason_of(chat::Finish finish, bool refused) {
    if (refused || finish == chat::Finish::content_filter) return "refusal";
    if (finish == chat::Finish::length) return "max_tokens";
    return finish == chat::Finish::tool_calls ? "tool_use" : "end_turn";
}

void write_stop_details(json::Writer& w, bool refused, std::string_view explanation) {
    if (!refused) return;
    w.key("stop_details").begin_object().key("type").value("refusal").key("category").null();
    w.key("explanation");
    if (explanation.empty())
        w.null();
    else
        w.value(explanation);
    w.end_object();
}

void write_usage(json::Writer& w, const chat::Usage& usage) {
    const auto read = usage.cached_tokens.value_or(0);
    const auto written = usage.cache_write_tokens.value_or(0);
    const auto fresh = std::max<std::int64_t>(usage.prompt_tokens - read - written, 0);
    w.begin_object().key("input_tokens").value(fresh);
    w.key("cache_read_input_tokens").value(read);
    w.key("cache_creation_input_tokens").value(written);
    w.key("output_tokens").value(usage.completion_tokens).end_object();
}

}  // namespace ogem::wire::anthropic
