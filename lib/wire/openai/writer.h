// Whole answers in OpenAI's shapes, with every key that its specification requires (openai-openapi
// 2.3.0: CreateChatCompletionResponse, CreateCompletionResponse, CreateEmbeddingResponse). Streamed
// answers: wire/openai/chunk_writer.h.
#pragma once

#include "chat/usage.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::json {
class Writer;
}

namespace ogem::wire::openai {

// What all objects of one answer share.
struct AnswerHead {
    std::string id;            // "chatcmpl-...", "cmpl-..."
    std::int64_t created = 0;  // unix seconds
    std::string model;
};

struct ToolCall {
    std::string id, name;
    std::string arguments;  // JSON text
};

struct Choice {
    int index = 0;
    std::string text;
    std::vector<ToolCall> calls;  // with calls and no text, `content` is null
    std::string finish_reason;    // stop | length | tool_calls | content_filter | function_call
};

std::string chat_completion(const AnswerHead& head, const std::vector<Choice>& choices,
                            const chat::Usage& usage);

// The answer of /v1/completions; calls have no place there and are left out.
std::string text_completion(const AnswerHead& head, const std::vector<Choice>& choices,
                            const chat::Usage& usage);

enum class Encoding : std::uint8_t {
    floats,
    base64  // little-endian 32-bit floats: what the official SDKs ask for
};
std::string embedding_list(std::string_view model, const std::vector<std::vector<float>>& vectors,
                           Encoding encoding, std::int64_t prompt_tokens);

// {"error":{"message","type","param":null,"code"}} as a provider says it; an empty code is null.
std::string error_answer(std::string_view message, std::string_view type, std::string_view code);

// The usage member; details only where they were reported.
void write_usage(json::Writer& out, const chat::Usage& usage);

}  // namespace ogem::wire::openai
