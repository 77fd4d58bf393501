// Candidates of GenerateContentResponse, as whole answers and streams write them.
#pragma once

#include "chat/event.h"
#include "json/writer.h"
#include "wire/gemini/inbound/answer_style.h"

#include <optional>
#include <string_view>

namespace ogem::wire::gemini {

// Parts of a content.
void write_text(json::Writer& w, std::string_view text, bool thought);
void write_function_call(json::Writer& w, const chat::ToolCall& call);
// The data: URLs in `images`, a member of an OpenAI message, as inlineData; others are left out.
void write_images(json::Writer& w, std::string_view images);

// Opens a candidate up to the array of its parts, and closes it from there on. `reason` and
// `logprobs` (OpenAI's list) may be empty.
void begin_candidate(json::Writer& w);
void end_candidate(json::Writer& w, int index, std::string_view reason, std::string_view logprobs);

// A prompt that was refused has no candidates.
void write_blocked(json::Writer& w, std::string_view refusal);

// The members behind the candidates: usage if it is known, model and id.
void write_tail(json::Writer& w, const std::optional<chat::Usage>& usage, const AnswerStyle& style,
                std::string_view id);

}  // namespace ogem::wire::gemini
