// A streamed answer as Gemini's clients read it: events of :streamGenerateContent with alt=sse, or
// the JSON array that it is without (spec wire/gemini section 5).
//
// Invariants:
//  1. finishReason and usage stand in one last response that only a genuine end brings (promise 1).
//  2. A call is written once it is whole: Gemini has no fragments of arguments.
//  3. A failure is one more event, or element, that is {"error":...} and nothing else: so the
//     official SDK throws it (@google/genai 3.1.0, run against this), which a bare object behind
//     other data does not make it do.
#pragma once

#include "wire/dialect.h"
#include "wire/gemini/inbound/answer_style.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::wire::gemini {

// Not thread-safe; one per stream.
class AnswerStreamWriter final : public StreamWriter {
public:
    enum class Form : std::uint8_t { sse, array };

    AnswerStreamWriter(AnswerStyle style, Form form) : style_(std::move(style)), form_(form) {}

    void write(const chat::Event& event, std::string& out) override;

private:
    struct Choice {
        bool seen = false, said = false;
        std::string refusal;  // told at the end: it may be all there is
        std::vector<chat::ToolCall> calls;
        std::optional<chat::Finish> finish;
    };
    friend struct EventWriter;

    Choice& choice_at(int choice);
    // A response of one candidate; `write_parts(json::Writer&)` writes its parts.
    template <class WriteParts>
    void respond(int choice, std::string_view logprobs, WriteParts write_parts, std::string& out);
    void begin(std::string& out);
    void end(std::string& out) const;
    void write_also(const chat::Also& extra, std::string& out);
    void write_end(std::string& out);
    void write_failure(const chat::Failure& failure, std::string& out);
    bool is_blocked() const;

    AnswerStyle style_;
    Form form_;
    std::string id_;
    std::vector<Choice> choices_;
    std::optional<chat::Usage> usage_;
    bool begun_ = false;
};

}  // namespace ogem::wire::gemini
