// A response object as a whole (OAPI Response; spec: wire/openai section 8).
#pragma once

#include "chat/answer.h"
#include "json/writer.h"
#include "wire/responses/item.h"
#include "wire/responses/style.h"

#include <optional>
#include <string>
#include <vector>

namespace ogem::wire::responses {

// What a response is at some moment. `usage` is left out until it is known (pitfall 77).
struct Response {
    std::string id;            // "resp_..."
    std::int64_t created = 0;  // unix seconds
    std::string_view status = "in_progress";
    std::string_view incomplete_reason;     // empty: null
    std::string error_code, error_message;  // an empty code: null
    std::vector<Item> output;
    std::optional<chat::Usage> usage;
};

void write_response(json::Writer& w, const Response& response, const Style& style);

// How a choice that ended that way leaves the response.
void settle(Response& response, chat::Finish finish);

// The answer of a request that did not stream. Only the first choice counts: the API knows no n.
std::string write_answer(const chat::Answer& answer, const Style& style);

}  // namespace ogem::wire::responses
