// What the head of a provider's 200 must be before its body is believed.
#pragma once

#include "base/result.h"
#include "wire/http.h"

namespace ogem::gateway {

// Errors: upstream: compressed although nobody asked for that; of another content type than a
// stream, or a whole answer, has. A missing content type, and text/... of a whole answer, are let
// pass: the reader judges the bytes.
Result<void> check_answer_head(const wire::Headers& headers, bool stream);

}  // namespace ogem::gateway
