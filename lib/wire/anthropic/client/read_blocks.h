// Content blocks of a client of Anthropic's dialect, as parts of messages.
#pragma once

#include "chat/request.h"
#include "wire/openai/request/spot.h"

#include <string>
#include <string_view>

namespace ogem::wire::anthropic {

using openai::Spot;  // knows where a value stands in the body; not of one dialect

// A member of an object, with an empty text if it is absent or null. REQUIRES: `object` stays where
// it is.
Spot member_of(const Spot& object, std::string_view name);

// The string `name` of an object. Errors: invalid: it is missing, or no string.
Result<std::string> string_in(const Spot& object, std::string_view name);

// A text, image, document or search_result block of the type `type`. Errors: invalid: any other; a
// source that no other provider can reach (a file of Anthropic's).
Result<chat::Part> read_part(const Spot& block, std::string_view type);

// All text of a string or of an array of text blocks, `separator` between them. The last marker of
// the blocks goes into `cache_control`. Errors: invalid: another block than text.
Result<std::string> read_text(const Spot& content, std::string_view separator,
                              chat::Json& cache_control);

}  // namespace ogem::wire::anthropic
