// `response_format`: the shape that the answer must have.
#pragma once

#include "chat/request.h"
#include "wire/openai/request/spot.h"

namespace ogem::wire::openai {

// {type: text | json_object | json_schema, json_schema: {name, description, schema, strict}};
// "plain_text" is how a seed spells text (behaviour.md F5). Errors: invalid, naming the member.
Result<void> read_format(const Spot& spot, chat::ResponseFormat& format);

}  // namespace ogem::wire::openai
