// The body of POST /v1/responses, understood (OAPI CreateResponse; spec: wire/openai section 8,
// wire/translate section 7): the API of Codex and other agents. Pure; what a stored response or
// item brings in is put into `input` by whoever has the store.
#pragma once

#include "base/result.h"
#include "chat/request.h"
#include "wire/responses/style.h"

#include <string>
#include <string_view>
#include <vector>

namespace ogem::wire::responses {

struct Request {
    chat::Request chat;
    Echo echo;                         // for the answer, which repeats what was asked
    std::string previous_response_id;  // empty: none
    bool store = true;                 // the API's default
    bool background = false;
    std::vector<std::string> dropped;  // "tools[1]:web_search", "include": for x-ogem-dropped
};

// Hosted tools, reasoning items and what only OpenAI can do are dropped and named. Errors: invalid,
// naming the member: a wrong type, an unknown item or part, an item_reference, and `conversation`
// and `prompt`, which live at OpenAI (code unsupported_parameter is the caller's to say).
Result<Request> read_request(std::string_view body);

}  // namespace ogem::wire::responses
