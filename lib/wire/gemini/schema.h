// JSON Schema in the words of Gemini's own `Schema`, for models that do not read JSON Schema (spec
// wire/gemini section 3, the algorithm of 15 steps). Pure; the given text is never changed.
#pragma once

#include "base/result.h"
#include "chat/request.h"

#include <string_view>

namespace ogem::wire::gemini {

// References are put in place of themselves (a cycle is cut to an object), allOf is merged, oneOf
// is anyOf, null is `nullable`, types are in capitals; what has no place in a Schema is left out,
// and noted in the description where it binds the value. Errors: invalid: not a JSON object, or
// more than 1 MiB or 200,000 steps once the references are in place.
Result<chat::Json> converted_schema(std::string_view json_schema);

// True for a schema that asks for no argument at all: an object without properties. Gemini wants
// `parameters` left out then.
bool takes_nothing(std::string_view json_schema);

}  // namespace ogem::wire::gemini
