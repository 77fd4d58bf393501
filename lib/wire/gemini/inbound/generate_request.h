// The body of :generateContent, understood: Gemini's dialect as a client of ours speaks it (spec
// wire/gemini sections 2 and 3, read against the tables of wire/translate section 3). What the lane
// of one dialect does not need: it is for providers that speak another.
#pragma once

#include "base/result.h"
#include "chat/ids.h"
#include "chat/request.h"

#include <string>
#include <string_view>
#include <vector>

namespace ogem::wire::gemini {

struct GenerateRequest {
    chat::Request request;
    std::vector<std::string> dropped;  // Gemini's members that nobody else knows
    bool include_thoughts = false;     // the client wants to read what the model thought
};

// `model` and `stream` are what the path says. Members may be in snake_case, as Google takes them;
// null counts as absent. Calls and results without an id are matched by name and order and get ids
// from `new_id`. Errors: invalid, as a sentence that begins with the path of the wrong member,
// which is its field: not a JSON object, a member of the wrong type, no contents, and what would
// change the meaning if it were left out: parts of code execution, cached content.
Result<GenerateRequest> read_generate_request(std::string_view model, std::string_view body,
                                              bool stream, const chat::NewId& new_id);

}  // namespace ogem::wire::gemini
