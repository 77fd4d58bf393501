// One part of a content, as Gemini's clients write it.
#pragma once

#include "base/result.h"
#include "chat/request.h"
#include "wire/gemini/inbound/names.h"

#include <optional>
#include <string>
#include <vector>

namespace ogem::wire::gemini {

struct FunctionResponse {
    std::string id, name;  // the id may be empty
    std::string text;      // what the function said: its "output", else all of it as JSON
    std::vector<chat::Part> files;
};

// What a part says; nothing of it: a thought, which nobody wants back.
struct InPart {
    std::optional<chat::Part> part;
    std::optional<chat::ToolCall> call;  // its id may be empty
    std::optional<FunctionResponse> response;
};

// Errors: invalid, naming the member.
Result<InPart> read_in_part(const Spot& spot);

}  // namespace ogem::wire::gemini
