// A whole answer as GenerateContentResponse (spec wire/gemini section 4). Streamed ones:
// wire/gemini/inbound/stream_writer.h.
#pragma once

#include "chat/answer.h"
#include "wire/gemini/inbound/answer_style.h"

#include <string>

namespace ogem::wire::gemini {

// An answer that is nothing but a refusal by a filter is a blocked prompt; other refusals are text,
// as Gemini has no word for them. Arguments of calls are objects, as in requests.
std::string write_answer(const chat::Answer& answer, const AnswerStyle& style);

}  // namespace ogem::wire::gemini
