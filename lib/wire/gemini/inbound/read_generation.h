// generationConfig of a Gemini client.
#pragma once

#include "base/result.h"
#include "wire/gemini/inbound/generate_request.h"
#include "wire/gemini/inbound/names.h"

namespace ogem::wire::gemini {

// Errors: invalid, naming the member.
Result<void> read_generation(const Spot& config, GenerateRequest& out);

}  // namespace ogem::wire::gemini
