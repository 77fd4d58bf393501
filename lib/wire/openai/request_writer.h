// A chat request for an OpenAI-compatible provider, written from the shared shape: for clients that
// spoke another dialect. Clients of OpenAI's own keep their bytes (wire/openai/request.h).
#pragma once

#include "chat/request.h"
#include "wire/dialect.h"

#include <cstdint>

namespace ogem::wire::openai {

// What becomes of members in `rest`.
enum class Rest : std::uint8_t {
    known,  // those that OpenAI's API has are written, the others are named in `dropped`
    all,    // all are written: they came from a client of this dialect
};

// POST /chat/completions below the base URL of the provider. The new names and forms are used
// (tools, max_completion_tokens unless place.can says no); a stream always asks for its usage,
// which accounting needs. What the provider would refuse is left out and named in `dropped`:
// top_k, sampling where it is fixed, reasoning_effort where it cannot think, marks of another
// dialect's cache. Thinking blocks and signatures of others are never sent.
Call write_request(const chat::Request& request, const Place& place, Rest rest = Rest::known);

}  // namespace ogem::wire::openai
