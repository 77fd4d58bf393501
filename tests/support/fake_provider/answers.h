// What a well-behaved OpenAI-compatible provider says, as JSON texts. `model` is the name it was
// called by; it answers with the dated snapshot behind it, as OpenAI does.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::fake {

enum class Endpoint : unsigned char { chat, completions, embeddings, models, model, unknown };

// `target` is the request target; a query is ignored, and so is whatever stands before "/v1/".
Endpoint endpoint_of(std::string_view target);

// The text of content event `index`, with characters of two to four bytes.
std::string event_text(std::size_t index);

// A whole chat or text completion; `bytes` pads its text so that the body is that long (0: short).
std::string whole_answer(Endpoint endpoint, std::string_view model, std::size_t bytes, bool usage);

// Chunks of a stream, without "data:". `padding` letters x follow the text.
std::string role_chunk(Endpoint endpoint, std::string_view model);
std::string text_chunk(Endpoint endpoint, std::string_view model, std::string_view text,
                       std::size_t padding = 0);
std::string finish_chunk(Endpoint endpoint, std::string_view model);
std::string usage_chunk(Endpoint endpoint, std::string_view model);

// The same three numbers for each input; base64 is of little-endian floats.
std::string embeddings_answer(std::string_view model, std::size_t inputs, bool base64);

std::string models_answer(const std::vector<std::string>& models);
std::string model_answer(std::string_view model);

std::string error_answer(int status, std::string_view message);

}  // namespace ogem::fake
