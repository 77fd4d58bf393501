// Gemini's Schema as JSON Schema: the way back of wire/gemini/schema.h.
#pragma once

#include "base/result.h"
#include "chat/request.h"

#include <string_view>

namespace ogem::wire::gemini {

// Types in small letters, `nullable` as the type null, limits as numbers, keywords that JSON Schema
// does not know left out. Errors: invalid: not a JSON object.
Result<chat::Json> json_schema_of(std::string_view schema);

}  // namespace ogem::wire::gemini
