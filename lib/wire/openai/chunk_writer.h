// One streamed answer in OpenAI's shapes, event by event (openai-openapi 2.3.0:
// CreateChatCompletionStreamResponse; /v1/completions streams its own object). Each function gives
// one whole SSE event: "data: {...}" and a blank line.
//
// Order, as the official SDK accepts it: per choice role, then text or tool fragments, then finish;
// after all choices usage if it was asked for, then kDone.
#pragma once

#include "chat/usage.h"
#include "wire/openai/writer.h"

#include <string>
#include <string_view>

namespace ogem::wire::openai {

constexpr std::string_view kDone = "data: [DONE]\n\n";

class ChunkWriter {
public:
    enum class Shape : unsigned char { chat, completion };

    // With `usage_asked` every chunk carries `"usage":null` until usage() gives the numbers.
    ChunkWriter(AnswerHead head, Shape shape, bool usage_asked);

    // The opening of a choice. Empty for completions, which have none.
    std::string role(int choice) const;
    std::string text(int choice, std::string_view piece) const;
    // The first fragment of call number `call`: id, name and empty arguments. Chat only.
    std::string tool_start(int choice, int call, const ToolCall& tool) const;
    std::string tool_arguments(int choice, int call, std::string_view piece) const;
    std::string finish(int choice, std::string_view reason) const;
    std::string usage(const chat::Usage& usage) const;

private:
    // The event of one choice: `body` is its delta or its text, as JSON.
    std::string event(int choice, std::string_view body, std::string_view reason = {}) const;
    std::string tool_event(int choice, int call, std::string_view members) const;
    std::string wrapped(std::string_view choices, std::string_view usage_json) const;

    std::string start_;  // "data: {...," up to the choices
    Shape shape_;
    bool usage_asked_;
};

}  // namespace ogem::wire::openai
