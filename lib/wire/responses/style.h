// What an answer of /v1/responses repeats of its request.
#pragma once

#include "chat/ids.h"
#include "chat/request.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ogem::wire::responses {

// JSON of the members that every response has, as the request gave them or as the API defaults.
struct Echo {
    chat::Json instructions = "null", metadata = "{}", parallel_tool_calls = "true";
    chat::Json temperature = "1", top_p = "1", tool_choice = "\"auto\"", tools = "[]";
    std::vector<chat::Extra> others;  // those that are repeated only where they were given
};

struct Style {
    std::string model;         // as the client typed it
    std::int64_t created = 0;  // unix seconds; used where the provider says none
    Echo echo;
    bool show_reasoning = true;  // as a reasoning item with one summary
    chat::NewId new_id;          // "resp_", then each item's "msg_", "fc_", "rs_"
};

}  // namespace ogem::wire::responses
