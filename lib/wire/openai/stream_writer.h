// One streamed answer in OpenAI's shapes (openai-openapi 2.3.0: CreateChatCompletionStreamResponse;
// /v1/completions streams its own object). Every event is `data: {...}` and a blank line.
//
// Per choice the role comes first and once, then text or fragments of calls, then the finish; after
// all choices the usage if it was asked for, then [DONE], which only a genuine end brings
// (promise 1). A failure is a `data: {"error":...}` with nothing behind it.
#pragma once

#include "wire/dialect.h"
#include "wire/openai/answer_style.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::wire::openai {

constexpr std::string_view kDone = "data: [DONE]\n\n";

// Not thread-safe; one per stream.
class AnswerStreamWriter final : public StreamWriter {
public:
    explicit AnswerStreamWriter(AnswerStyle style);

    void write(const chat::Event& event, std::string& out) override;

    // Appends what opens `choice`, unless it is open: its role, or of a completion the echo of the
    // prompt. Done by itself before the first word of a choice. REQUIRES: Started was written.
    void open(int choice, std::string& out);

private:
    struct Choice {
        bool open = false;
        std::vector<bool> custom;  // by call
    };
    friend struct EventWriter;

    void start(const chat::Started& started);
    Choice& choice_at(int choice);
    // A chunk of one choice: begin, the members of its delta or its text, then one of the ends.
    void begin(int choice, std::string& out);
    void end(std::string& out) const;
    void end_with(std::string_view members, std::string& out) const;
    void piece(int choice, std::string_view member, std::string_view text, std::string& out);

    void text(int choice, std::string_view text, std::string& out);
    void call_started(const chat::CallStarted& call, std::string& out);
    void call_arguments(const chat::CallArguments& piece, std::string& out);
    void also(const chat::Also& extra, std::string& out);
    void finished(const chat::Finished& finish, std::string& out);
    void ended(std::string& out) const;

    AnswerStyle style_;
    std::string start_;      // `data: {...,"choices":[` of every chunk
    std::string_view tail_;  // from the end of the choice to the end of the event
    std::vector<Choice> choices_;
    std::optional<chat::Usage> usage_;
};

}  // namespace ogem::wire::openai
