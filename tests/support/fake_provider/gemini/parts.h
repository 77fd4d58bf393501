// What whole answers and chunks of Gemini's dialect have in common.
#pragma once

#include "json/writer.h"
#include "say/reply.h"

#include <string>
#include <string_view>

namespace ogem::fake::gemini {

std::string_view finish_reason(Finish finish);

// The part that a block, or a piece of it, is. `first`: the first call of its turn.
std::string text_part(std::string_view quoted, bool thought);
std::string call_part(const Reply& reply, const Block& block, bool first);

// usageMetadata; `whole` false: what is known before the end.
void write_usage(json::Writer& w, const Reply& reply, bool whole);

// modelVersion, responseId, and what else stands beside the candidates.
void write_rest(json::Writer& w, const Reply& reply, std::string_view id);

void write_safety(json::Writer& w, bool blocked);
void write_blocked(json::Writer& w);  // promptFeedback

}  // namespace ogem::fake::gemini
