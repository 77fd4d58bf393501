// Failures as clients of Anthropic's dialect read them:
// {"type":"error","error":{"type","message"},"request_id"} (anthropic.md section 5).
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace ogem::wire::anthropic {

// The HTTP status for a failure whose status in OpenAI's dialect is `status`: Anthropic says that
// it is overloaded with a 529, everything else alike.
int status_of(int status);

// "overloaded_error" of 503 and 529, "rate_limit_error" of 429, ...; "api_error" of what has no
// name.
std::string_view error_type_of(int status);

// One line; without request_id where that is empty, as inside of a stream.
std::string error_body(int status, std::string_view message, std::string_view request_id = {});

// The same of an error of ours.
std::string error_body(const Error& error, std::string_view request_id = {});

}  // namespace ogem::wire::anthropic
