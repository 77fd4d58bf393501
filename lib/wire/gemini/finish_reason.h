// Gemini's words for why a candidate ended, and ours (spec wire/gemini section 4).
#pragma once

#include "chat/event.h"

#include <string_view>

namespace ogem::wire::gemini {

// Words that nobody knows are a stop; a stop after calls is for the sake of the calls.
chat::Finish finish_of(std::string_view reason, bool has_calls);

// The model's answer could not be understood by Gemini itself: worth another try if nothing came.
bool is_garbled(std::string_view reason);

// What a client of Gemini's dialect reads.
std::string_view reason_of(chat::Finish finish);

}  // namespace ogem::wire::gemini
