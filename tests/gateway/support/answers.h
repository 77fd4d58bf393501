// What OpenAI-compatible providers say, in the shortest form that is still genuine.
#pragma once

#include "base/text.h"

#include <string>
#include <string_view>

namespace ogem::test {

inline const std::string kDone = "data: [DONE]\n\n";

inline std::string completion(std::string_view text, std::string_view model = "gpt") {
    return cat(R"({"id":"c1","object":"chat.completion","model":")", model,
               R"(","choices":[{"index":0,"message":{"role":"assistant","content":")", text,
               R"("},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2}})");
}

inline std::string event(std::string_view delta, std::string_view finish_reason = "null",
                         std::string_view model = "gpt") {
    return cat(R"(data: {"id":"c1","model":")", model, R"(","choices":[{"index":0,"delta":)", delta,
               R"(,"finish_reason":)", finish_reason, "}]}\n\n");
}
inline std::string role_event() {
    return event(R"({"role":"assistant","content":""})");
}
inline std::string text_event(std::string_view text, std::string_view model = "gpt") {
    return event(cat(R"({"content":")", text, "\"}"), "null", model);
}
inline std::string last_event() {
    return event("{}", "\"stop\"");
}

inline std::string error_of(std::string_view message, std::string_view type = "server_error",
                            std::string_view code = "") {
    return cat(R"({"error":{"message":")", message, R"(","type":")", type,
               R"(","param":null,"code":")", code, "\"}}");
}

}  // namespace ogem::test
