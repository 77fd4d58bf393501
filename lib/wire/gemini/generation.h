// Sampling, the form of the answer and thinking, as Gemini's generationConfig.
#pragma once

#include "base/result.h"
#include "chat/request.h"
#include "json/writer.h"
#include "wire/dialect.h"

#include <string>
#include <vector>

namespace ogem::wire::gemini {

// Writes the member "generationConfig", unless the request says nothing of it. Appends what Gemini
// cannot be told to `dropped`. Errors: invalid, naming the member: more answers than Gemini gives,
// a schema that cannot be converted.
Result<void> write_generation(json::Writer& w, const chat::Request& request, const Place& place,
                              std::vector<std::string>& dropped);

}  // namespace ogem::wire::gemini
