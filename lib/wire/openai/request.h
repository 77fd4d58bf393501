// An OpenAI request on its way to an OpenAI-compatible provider: the client's bytes with the value
// of `model` replaced.
#pragma once

#include "chat/envelope.h"
#include "wire/pieces.h"

#include <string_view>

namespace ogem::wire::openai {

// `body` with the raw JSON value `envelope.model_text` (a view into `body`) replaced by
// `upstream_model`; a body without a model gets one as its first member. Every other byte stays.
// Views into `body`. REQUIRES: `envelope` was read from `body`.
Spliced with_model(std::string_view body, const chat::Envelope& envelope,
                   std::string_view upstream_model);

}  // namespace ogem::wire::openai
