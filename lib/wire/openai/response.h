// A whole (not streamed) answer of an OpenAI-compatible provider: checked, counted, `model`
// spliced. Its failures: wire/openai/provider_error.h.
#pragma once

#include "base/result.h"
#include "chat/usage.h"
#include "wire/openai/provider_error.h"
#include "wire/pieces.h"

#include <optional>
#include <string_view>

namespace ogem::wire::openai {

struct Answer {
    // Views into the provider's bytes; `model` replaced by the shown name where it was there.
    Spliced body;
    std::optional<chat::Usage> usage;
};

// `body` of a 200 (json::kPadding readable bytes after it); `shown_model` empty: left as it came.
// Errors: upstream, for a body that is empty, not a JSON object (a web page named as such), or an
// object with a non-null `error`; for the last, the kind of the status it names, if it names one.
Result<Answer> read_answer(std::string_view body, std::string_view shown_model);

}  // namespace ogem::wire::openai
