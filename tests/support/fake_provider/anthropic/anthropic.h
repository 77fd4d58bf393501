// Anthropic's dialect: at its own API, and Claude on Vertex.
#pragma once

#include "speech.h"

namespace ogem::fake::anthropic {

extern const Voice kVoice;
extern const Speech kSpeech, kVertexSpeech;

void understand(const json::Value& body, Ask& ask);
Score score(const Reply& reply);

// The parts of a message that are not its content.
std::string_view stop_reason(const Reply& reply);
void write_usage(json::Value& holder, const Usage& usage);

}  // namespace ogem::fake::anthropic
