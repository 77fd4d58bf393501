// OpenAI's dialect. Its requests are taken as they come, unless a script says `strict`.
#pragma once

#include "speech.h"

namespace ogem::fake::openai {

extern const Speech kSpeech;

}  // namespace ogem::fake::openai
