// A whole (not streamed) answer of an OpenAI-compatible provider: checked, counted, `model`
// spliced.
#pragma once

#include "base/result.h"
#include "chat/usage.h"
#include "wire/http.h"

#include <optional>
#include <string>
#include <string_view>

namespace ogem::wire::openai {

struct Answer {
    std::string
        body;  // the provider's bytes; `model` replaced by the shown name where it was there
    std::optional<chat::Usage> usage;
};

// `body` of a 200 (json::kPadding readable bytes after it).
// Errors: upstream: empty, not JSON (HTML named as such), or an object with a non-null `error`.
Result<Answer> read_answer(std::string_view body, std::string_view shown_model);

// What a provider's failure answer means: kind by status (400 404 413 422 ->
// invalid/not_found/too_large, 401 403 -> unauthorized/forbidden, 408 504 -> timeout, 429 ->
// limited, other 5xx -> upstream; 503 529 -> unavailable); message from error.message in any of the
// shapes providers use (object, string, array, HTML title); retry_after from retry-after-ms,
// retry-after (seconds or HTTP date against the `date` header).
struct ProviderError {
    Error error;
    std::string type, code, param;  // as the provider said, may be empty
};
ProviderError read_error(int status, const Headers& headers, std::string_view body);

}  // namespace ogem::wire::openai
