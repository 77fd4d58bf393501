// What providers of other dialects than OpenAI's say, and how they are configured, in the shortest
// form that is still genuine.
#pragma once

#include "base/text.h"
#include "gateway/support/house.h"
#include "json/value.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace ogem::test {

inline config::Provider gemini(std::string name = "gem", std::string model = "gemini-2.5-flash") {
    auto out = provider(std::move(name), {std::move(model)});
    out.base_url.resize(out.base_url.size() - 3);  // without /v1
    out.protocol = config::Protocol::gemini;
    out.regions.front().models.front().other_names = {"gpt"};
    return out;
}

inline std::string response(std::string_view parts,
                            std::string_view rest = R"(,"finishReason":"STOP")") {
    return cat(R"({"candidates":[{"content":{"role":"model","parts":[)", parts, R"(]},"index":0)",
               rest,
               R"(}],"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":2,)"
               R"("totalTokenCount":5},"responseId":"r-1"})");
}

inline std::string says(std::string_view text) {
    return cat(R"({"text":")", text, "\"}");
}

inline std::string sse(std::string_view data) {
    return cat("data: ", data, "\r\n\r\n");
}

inline const std::string kHello = R"("messages":[{"role":"user","content":"hello"}])";

inline json::Value parsed(std::string_view text) {
    const auto value = json::parse(text);
    REQUIRE_MESSAGE(value, text);
    return *value;
}

// The text of all deltas of choice 0.
inline std::string text_of(const std::string& stream) {
    std::string text;
    for (const auto line : split(stream, '\n')) {
        if (!line.starts_with("data: {")) continue;
        const auto chunk = parsed(line.substr(6));
        for (const auto& choice : chunk["choices"])
            if (choice["delta"].contains("content") && choice["delta"]["content"].is_string())
                text += choice["delta"]["content"].get<std::string>();
    }
    return text;
}

inline bool has_line(const std::string& head, std::string_view line) {
    return head.find(cat("\r\n", line, "\r\n")) != std::string::npos;
}

inline config::Provider claude(std::string name = "ant", std::string model = "claude-sonnet-4-5") {
    auto out = gemini(std::move(name), std::move(model));
    out.protocol = config::Protocol::anthropic;
    return out;
}

inline std::string message_of(std::string_view content, std::string_view id = "msg_1") {
    return cat(R"({"id":")", id, R"(","type":"message","role":"assistant","model":"claude",)",
               R"("content":[)", content, R"(],"stop_reason":"end_turn","usage":)",
               R"({"input_tokens":3,"output_tokens":2}})");
}

inline std::string claude_says(std::string_view text) {
    return cat(R"({"type":"text","text":")", text, "\"}");
}

inline std::string claude_event(std::string_view name, std::string_view members) {
    return cat("event: ", name, "\ndata: {\"type\":\"", name, "\"", members, "}\n\n");
}

inline std::vector<std::string> claude_stream(std::string_view text) {
    return {
        claude_event("message_start", R"(,"message":{"id":"msg_1","usage":{"input_tokens":3}})"),
        claude_event("content_block_start",
                     R"(,"index":0,"content_block":{"type":"text","text":""})"),
        claude_event("content_block_delta",
                     cat(R"(,"index":0,"delta":{"type":"text_delta","text":")", text, R"("})")),
        claude_event("content_block_stop", R"(,"index":0)"),
        claude_event("message_delta",
                     R"(,"delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2})"),
        claude_event("message_stop", ""),
    };
}

}  // namespace ogem::test
