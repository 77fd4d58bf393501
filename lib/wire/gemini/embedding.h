// Embeddings by Gemini's services (spec wire/gemini section 8): three calls of three shapes, told
// apart by service and model, and one reader for all their answers.
#pragma once

#include "base/result.h"
#include "wire/dialect.h"
#include "wire/gemini/place.h"
#include "wire/openai/embedding_request.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::wire::gemini {

struct EmbeddingCall {
    Call call;
    std::size_t inputs;  // how many of them it is for, from where the call before ended
};

// The calls that embed the inputs of `request`, in their order: studio takes 100 at once, Vertex
// 250, its Gemini models one. Shortened vectors (`dimensions`) are not normalised by Google.
// Errors: invalid: inputs that are token numbers of OpenAI's, or as model_path.
Result<std::vector<EmbeddingCall>> write_embeddings(const openai::EmbeddingRequest& request,
                                                    const Place& place, Service service);

struct Embeddings {
    std::vector<std::vector<float>> vectors;
    std::optional<std::int64_t> prompt_tokens;  // nothing: the service does not count (studio)
};

// Appends what the answer `body` of one call says. Errors: upstream: not an answer, or not one of
// `inputs` vectors.
Result<void> read_embeddings(std::string_view body, std::size_t inputs, Embeddings& out);

// Tokens that `inputs` cost, where the service does not say: bytes / 4, at least one each.
std::int64_t estimated_tokens(const std::vector<std::string>& inputs);

}  // namespace ogem::wire::gemini
