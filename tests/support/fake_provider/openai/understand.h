// What a request in OpenAI's dialect asks for.
#pragma once

#include "play/planner.h"

namespace ogem::fake::openai {

void understand(const json::Value& body, Ask& ask);

}  // namespace ogem::fake::openai
