// One item of `output` (OAPI OutputMessage, FunctionToolCall, CustomToolCall, ReasoningItem).
#pragma once

#include "chat/answer.h"
#include "json/writer.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace ogem::wire::responses {

enum class Status : std::uint8_t { in_progress, completed, incomplete };
std::string_view name_of(Status status);

struct Item {
    enum class Kind : std::uint8_t { message, function_call, custom_call, reasoning };

    Kind kind = Kind::message;
    std::string id;
    Status status = Status::in_progress;
    std::string text;     // of a message or of reasoning; of a call its arguments or input
    std::string refusal;  // message
    std::string call_id, name;
    chat::Json annotations = "[]", logprobs = "[]";  // of the text of a message
};

// Where ids of that kind begin: "msg_", "fc_", "ctc_", "rs_".
std::string_view id_prefix(Item::Kind kind);

void write_item(json::Writer& w, const Item& item);
// Parts of a message, and of a reasoning's summary.
void write_text_part(json::Writer& w, const Item& item);
void write_refusal_part(json::Writer& w, std::string_view refusal);
void write_summary_part(json::Writer& w, std::string_view text);

// {"type":"url_citation","url_citation":{...}} of a chat, flat as it is here; other annotations
// stay as they are. `array` is JSON; what is not an array gives an empty one.
chat::Json flat_annotations(const chat::Json& array);

}  // namespace ogem::wire::responses
