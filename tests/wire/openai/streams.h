// Streams of an OpenAI-compatible provider for tests, and the events that they become.
#pragma once

#include "base/text.h"
#include "chat/answer.h"
#include "support/fixture.h"
#include "wire/openai/chat_reader.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ogem::test {

inline chat::NewId numbered() {
    return [next = 0](std::string_view prefix) mutable { return cat(prefix, "gen", next++); };
}

inline std::vector<chat::Event> events_of(const Pieces& pieces) {
    chat::Events out;
    wire::openai::ChatStreamReader reader(numbered());
    for (const auto& piece : pieces) reader.feed(piece, out);
    reader.finish(out);
    return out.take();
}

// A stream of one data line per chunk, "[DONE]" behind them.
inline std::string stream_of(const std::vector<std::string>& chunks) {
    std::string text;
    for (const auto& chunk : chunks) append(text, "data: ", chunk, "\n\n");
    return text + "data: [DONE]\n\n";
}

// A stream of these choices (JSON, without their braces).
inline std::string saying(const std::vector<std::string>& choices) {
    std::vector<std::string> chunks;
    for (const auto& choice : choices)
        chunks.push_back(cat(R"({"id":"c1","created":7,"choices":[{)", choice, "}]}"));
    return stream_of(chunks);
}

inline chat::AnswerChoice said(const std::vector<std::string>& choices) {
    const auto events = events_of({saying(choices)});
    REQUIRE(std::holds_alternative<chat::Ended>(events.back()));
    return chat::fold(events).choices.at(0);
}

inline const chat::Failure& failure(const std::vector<chat::Event>& events) {
    REQUIRE(std::holds_alternative<chat::Failed>(events.back()));
    return std::get<chat::Failed>(events.back()).failure;
}

}  // namespace ogem::test
