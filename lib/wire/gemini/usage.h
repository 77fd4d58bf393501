// usageMetadata (spec wire/gemini section 4): thoughts are not a part of the candidates' tokens
// here, but a part of the completion to us.
#pragma once

#include "chat/usage.h"
#include "json/writer.h"

#include <optional>
#include <string_view>

namespace ogem::wire::gemini {

// Nothing for a value that holds no counts: some chunks say only how they were billed.
std::optional<chat::Usage> read_usage(std::string_view raw);

// The value of the member.
void write_usage(json::Writer& w, const chat::Usage& usage);

}  // namespace ogem::wire::gemini
