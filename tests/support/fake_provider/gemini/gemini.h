// Gemini's dialect: at AI Studio, and on Vertex.
#pragma once

#include "speech.h"

namespace ogem::fake::gemini {

extern const Voice kVoice;
extern const Speech kSpeech;

void understand(const json::Value& body, Ask& ask);
Score score(const Reply& reply);
std::string whole(const Reply& reply);
std::string plain(const Ask& ask);

}  // namespace ogem::fake::gemini
