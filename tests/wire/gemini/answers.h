// Verbs for tests of Gemini's answers: events of bytes, however they are cut, and what OpenAI's
// clients get of them.
#pragma once

#include "chat/answer.h"
#include "support/fixture.h"
#include "wire/gemini/given.h"
#include "wire/gemini/stream_reader.h"
#include "wire/openai/answer_writer.h"
#include "wire/openai/error.h"
#include "wire/openai/stream_writer.h"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

namespace ogem::test {

using Events = std::vector<chat::Event>;

inline Events events_of(const Pieces& pieces, const chat::AnswerState& state = {}) {
    wire::gemini::StreamReader reader(state, counted_ids());
    chat::Events out;
    for (const auto& piece : pieces) reader.feed(piece, out);
    reader.finish(out);
    return out.take();
}

inline Events events_of_answer(const std::string& body, const chat::AnswerState& state = {}) {
    chat::Events out;
    wire::gemini::read_answer(body, state, counted_ids(), out);
    return out.take();
}

inline const chat::Failure* failure_in(const Events& events) {
    const auto* failed = events.empty() ? nullptr : std::get_if<chat::Failed>(&events.back());
    return failed ? &failed->failure : nullptr;
}

template <class Kind>
std::vector<Kind> all_of(const Events& events) {
    std::vector<Kind> found;
    for (const auto& event : events)
        if (const auto* one = std::get_if<Kind>(&event)) found.push_back(*one);
    return found;
}

inline wire::openai::AnswerStyle style_of(const json::Value& ctx) {
    wire::openai::AnswerStyle style;
    style.model = ctx.value("response_model", "");
    style.id = "chatcmpl-none";
    style.created = ctx.value("clock", 0);
    style.usage_asked = ctx.value("include_usage", false);
    style.show_reasoning = ctx.value("reasoning", "reasoning_content") != "drop";
    return style;
}

// The objects of an OpenAI stream, and whether [DONE] came last.
struct Chunks {
    std::vector<json::Value> objects;
    bool done = false;
};

inline Chunks chunks_of(const Events& events, const wire::openai::AnswerStyle& style) {
    wire::openai::AnswerStreamWriter writer(style);
    std::string bytes;
    for (const auto& event : events) writer.write(event, bytes);
    Chunks chunks;
    wire::SseReader reader;
    std::vector<wire::SseEvent> lines;
    REQUIRE(reader.feed(bytes, lines));
    for (const auto& line : lines) {
        CHECK_FALSE(chunks.done);
        chunks.done = line.data == "[DONE]";
        if (!chunks.done) chunks.objects.push_back(json::Value::parse(line.data));
    }
    return chunks;
}

// One SSE event.
inline std::string sse(const std::string& json) {
    return "data: " + json + "\r\n\r\n";
}

// A response with one candidate of `parts`, and perhaps its finishReason.
inline std::string response(const std::string& parts, const std::string& reason = "",
                            int index = 0) {
    return R"({"candidates":[{"content":{"parts":[)" + parts + R"(],"role":"model"})" +
           (reason.empty() ? "" : R"(,"finishReason":")" + reason + "\"") + R"(,"index":)" +
           std::to_string(index) + R"(}],"responseId":"r1"})";
}

}  // namespace ogem::test
