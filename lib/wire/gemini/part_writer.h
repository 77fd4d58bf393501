// What users and models say, as parts of Gemini's contents (spec wire/translate section 3).
#pragma once

#include "base/result.h"
#include "chat/request.h"
#include "json/writer.h"
#include "wire/gemini/place.h"
#include "wire/gemini/turns.h"

#include <string_view>

namespace ogem::wire::gemini {

// Stands where Gemini wants a text and there is none.
constexpr std::string_view kFiller = " ";

void write_text_part(json::Writer& w, std::string_view text);

// The parts of a message; empty texts are left out. Sets `has_text` if one was written.
// Errors: invalid, naming the member: an image that was not fetched, a file that is kept elsewhere.
Result<void> write_parts(json::Writer& w, const Spoken& spoken, Service service, bool& has_text);

// The arguments of a call as a JSON object, whatever the model wrote: nothing is {}, other JSON is
// {"value":...}, what is no JSON {"_raw":"..."} (pitfalls 19 and 20). The text of a custom call is
// {"input":"..."}.
void write_arguments(json::Writer& w, std::string_view arguments, bool custom);

// A functionCall; `signature` beside it, unless empty.
void write_call(json::Writer& w, const chat::ToolCall& call, std::string_view signature);

// A functionResponse of `name`; `result` may be null: the history lost it. Errors: invalid: a
// result that is not text.
Result<void> write_result(json::Writer& w, std::string_view name, const Spoken& result);

}  // namespace ogem::wire::gemini
