#include "wire/anthropic/client/message_writer.h"

#include "json/writer.h"
#include "wire/anthropic/tool_input.h"

namespace ogem::wire::anthropic {

namespace {

void write_content(json::Writer& w, const chat::AnswerChoice& choice) {
    w.key("content").begin_array();
    if (!choice.text.empty())
        w.begin_object().key("type").value("text").key("text").value(choice.text).end_object();
    for (const auto& call : choice.calls) write_tool_use(w, call, call.id);
    w.end_array();
}

}  // namespace

std::string write_message(const chat::Answer& answer, const MessageStyle& style) {
    const auto choice = answer.choices.empty() ? chat::AnswerChoice() : answer.choices.front();
    const bool refused = choice.finish == chat::Finish::content_filter || !choice.refusal.empty();
    std::string out;
    json::Writer w(out);
    w.begin_object().key("id").value(message_id(answer.id, style));
    w.key("type").value("message").key("role").value("assistant").key("model").value(style.model);
    write_content(w, choice);
    w.key("stop_reason").value(stop_reason_of(choice.finish, refused)).key("stop_sequence").null();
    write_stop_details(w, refused, choice.refusal);
    w.key("usage");
    write_usage(w, answer.usage.value_or(chat::Usage()));
    w.end_object();
    return out;
}

}  // namespace ogem::wire::anthropic
