// The content of one item of `input`.
#pragma once

#include "chat/request.h"
#include "wire/openai/request/spot.h"

#include <vector>

namespace ogem::wire::responses {

// A string, or parts: input_text, output_text, text, refusal, input_image, input_file. Errors:
// invalid, naming the member.
Result<void> read_content(const openai::Spot& content, std::vector<chat::Part>& parts);

// True if the parts are one text and nothing else, which a message says as a plain string.
bool is_plain(const std::vector<chat::Part>& parts);

}  // namespace ogem::wire::responses
