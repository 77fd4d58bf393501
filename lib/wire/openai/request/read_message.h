// The conversation of a chat request (OAPI ChatCompletionRequest*Message).
#pragma once

#include "chat/ids.h"
#include "chat/request.h"
#include "wire/openai/request/spot.h"

#include <string>
#include <string_view>
#include <vector>

namespace ogem::wire::openai {

// Calls of the days before `tool_calls` have no ids; they get new ones, and a result finds its call
// by the name of the function (pitfall 64).
class LegacyIds {
public:
    explicit LegacyIds(const chat::NewId& new_id) : new_id_(new_id) {}

    std::string called(std::string_view function);
    // The id of the oldest call of `function` that has no result; a new one if there is none.
    std::string answered(std::string_view function);

private:
    struct Open {
        std::string function, id;
    };
    const chat::NewId& new_id_;
    std::vector<Open> open_;
};

// The messages of a list. A list inside the list is flattened: a seed's example is written that way
// (behaviour.md section 2, row 4). Errors: invalid, naming the member.
Result<void> read_messages(const Spot& list, const chat::NewId& new_id,
                           std::vector<chat::Message>& messages);

}  // namespace ogem::wire::openai
