// A chat or completion request as the mock provider needs it: read strictly, so that programs
// tested against it do not fail elsewhere.
#pragma once

#include "base/result.h"
#include "json/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::gateway::mock {

struct Request {
    // What echo answers: the last user text of a chat, or one text per prompt of a completion.
    std::vector<std::string> texts;
    std::optional<std::string> tool_result;  // the text of the last message, if it is a tool's
    std::optional<json::Value> function;     // the function to call: {name, parameters}
    std::vector<std::string> stop;
    int n = 1;
    std::int64_t max_tokens = 0;  // 0: no limit
    std::int64_t prompt_tokens = 0;
    bool stream = false;
    bool usage_in_stream = false;
};

// Errors: invalid, naming the member that is missing or wrong.
Result<Request> read_chat(const json::Value& body);
Result<Request> read_completion(const json::Value& body);

// The member `name` of `object`, or nothing where it is absent or null.
const json::Value* member(const json::Value& object, std::string_view name);

}  // namespace ogem::gateway::mock
