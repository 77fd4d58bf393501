// JSON Schemas as Anthropic's structured outputs take them: a subset, in which the rest is told to
// the model in words. Rules: Anthropic's TypeScript SDK, src/lib/transform-json-schema.ts (2026-08)
// with the changes of 1.11.0 (enum and const stay, without `type`).
#pragma once

#include "base/result.h"
#include "chat/request.h"

namespace ogem::wire::anthropic {

// `schema` in that subset: objects are closed, oneOf is anyOf, and keywords outside of it stand in
// the description, as {minLength: 1, pattern: "x"}. What is nested deeper than 100 stays as it is.
// Errors: invalid: not JSON.
Result<chat::Json> strict_schema(const chat::Json& schema);

}  // namespace ogem::wire::anthropic
