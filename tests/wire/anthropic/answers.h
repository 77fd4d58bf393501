// Answers of Claude, read and written for a client of OpenAI's dialect.
#pragma once

#include "chat/answer.h"
#include "wire/anthropic/answer_reader.h"
#include "wire/anthropic/given.h"
#include "wire/anthropic/stream_reader.h"
#include "wire/openai/answer_writer.h"
#include "wire/openai/error.h"
#include "wire/openai/stream_writer.h"
#include "wire/sse.h"

#include <optional>

namespace ogem::test {

using Told = std::vector<chat::Event>;

inline chat::NewId numbered_ids() {
    return scripted_ids(json::Value::array());
}

inline Told read_whole(std::string_view body, const chat::AnswerState& state = {}) {
    chat::Events out;
    wire::anthropic::read_answer(body, state, numbered_ids(), out);
    return out.take();
}

// Each piece in memory of its own; the end is a proper one unless it is `cut`.
inline Told read_stream(const Pieces& pieces, const chat::AnswerState& state = {},
                        bool cut = false) {
    wire::anthropic::StreamReader reader(state, numbered_ids());
    chat::Events out;
    for (const auto& piece : pieces) reader.feed(piece, out);
    if (!cut) reader.finish(out);
    return out.take();
}

inline std::optional<chat::Failure> failure_in(const Told& events) {
    const auto* failed = events.empty() ? nullptr : std::get_if<chat::Failed>(&events.back());
    return failed ? std::optional(failed->failure) : std::nullopt;
}

inline wire::openai::AnswerStyle style_of(const json::Value& ctx) {
    wire::openai::AnswerStyle style;
    style.model = ctx.value("response_model", "");
    style.created = ctx.value("clock", 0);
    style.usage_asked = ctx.value("include_usage", false);
    style.show_reasoning = ctx.value("reasoning", "") != "drop";
    const auto state = ctx.value("state", json::Value::object());
    style.legacy_functions = state.value("legacy_function_call", false);
    return style;
}

// {"chunks","done"} as the client of a stream gets it.
inline json::Value openai_stream(const Told& events, const wire::openai::AnswerStyle& style) {
    wire::openai::AnswerStreamWriter writer(style);
    std::string bytes;
    for (const auto& event : events) writer.write(event, bytes);
    wire::SseReader sse;
    std::vector<wire::SseEvent> read;
    (void)sse.feed(bytes, read);
    json::Value out{{"chunks", json::Value::array()}, {"done", false}};
    for (const auto& event : read) {
        if (event.data == "[DONE]")
            out["done"] = true;
        else
            out["chunks"].push_back(json::Value::parse(event.data));
    }
    return out;
}

// {"status","body"} of a failure that nothing went before.
inline json::Value openai_failure(chat::Failure failure) {
    wire::openai::fill_words(failure.error.kind, failure.type, failure.code);
    return {{"status", wire::openai::words_of(failure.error.kind).status},
            {"body", json::Value::parse(wire::openai::error_body(failure))}};
}

inline json::Value openai_answer(const Told& events, const wire::openai::AnswerStyle& style) {
    if (auto failure = failure_in(events)) return openai_failure(*failure);
    return {{"status", 200},
            {"body", json::Value::parse(wire::openai::write_answer(chat::fold(events), style))}};
}

}  // namespace ogem::test
