#include "wire/openai/answer_writer.h"

#include "base/text.h"
#include "json/writer.h"
#include "wire/openai/answer/logprobs.h"
#include "wire/openai/usage.h"

namespace ogem::wire::openai {

namespace {

using chat::AnswerChoice;

void write_text_or_null(json::Writer& w, std::string_view name, const std::string& text) {
    w.key(name);
    text.empty() ? w.null() : w.value(text);
}

void write_call(json::Writer& w, const chat::ToolCall& call) {
    const auto* kind = call.custom ? "custom" : "function";
    w.begin_object().key("id").value(call.id).key("type").value(kind).key(kind).begin_object();
    w.key("name").value(call.name).key(call.custom ? "input" : "arguments").value(call.arguments);
    w.end_object().end_object();
}

void write_calls(json::Writer& w, const AnswerChoice& choice, const AnswerStyle& style) {
    if (choice.calls.empty()) return;
    if (style.legacy_functions) {
        const auto& first = choice.calls.front();
        w.key("function_call").begin_object().key("name").value(first.name);
        w.key("arguments").value(first.arguments).end_object();
        return;
    }
    w.key("tool_calls").begin_array();
    for (const auto& call : choice.calls) write_call(w, call);
    w.end_array();
}

void write_message(json::Writer& w, const AnswerChoice& choice, const AnswerStyle& style) {
    w.key("message").begin_object().key("role").value("assistant");
    write_text_or_null(w, "content", choice.text);
    write_text_or_null(w, "refusal", choice.refusal);
    if (style.show_reasoning && !choice.reasoning.empty())
        w.key("reasoning_content").value(choice.reasoning);
    write_calls(w, choice, style);
    for (const auto& extra : choice.also)
        if (!is_logprobs(extra.name)) w.key(extra.name).raw(extra.value);
    w.end_object();
}

void write_choice(json::Writer& w, int index, const AnswerChoice& choice,
                  const AnswerStyle& style) {
    w.begin_object().key("index").value(index);
    if (style.shape == Shape::chat) {
        write_message(w, choice, style);
        w.key("logprobs").raw(logprobs_of(choice.also));
    } else {
        w.key("text").value(cat(style.echo, choice.text)).key("logprobs").null();
    }
    w.key("finish_reason").value(name_of(choice.finish, style)).end_object();
}

}  // namespace

std::string write_answer(const chat::Answer& answer, const AnswerStyle& style) {
    std::string out;
    json::Writer w(out);
    w.begin_object().key("id").value(answer.id.empty() ? style.id : answer.id);
    w.key("object").value(style.shape == Shape::chat ? "chat.completion" : "text_completion");
    w.key("created").value(answer.created ? answer.created : style.created);
    w.key("model").value(style.model).key("choices").begin_array();
    int index = 0;
    for (const auto& choice : answer.choices) {
        if (choice.seen) write_choice(w, index, choice, style);
        ++index;
    }
    w.end_array();
    if (answer.usage) write_usage(w.key("usage"), *answer.usage);
    w.end_object();
    return out;
}

}  // namespace ogem::wire::openai
