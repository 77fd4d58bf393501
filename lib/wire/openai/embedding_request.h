// The body of POST /v1/embeddings, understood, for providers that speak another dialect (OAPI
// CreateEmbeddingRequest). Its answer: wire/openai/embedding_writer.h.
#pragma once

#include "base/result.h"
#include "chat/request.h"
#include "wire/openai/embedding_writer.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::wire::openai {

struct EmbeddingRequest {
    static constexpr std::size_t kMostInputs = 2048;  // OAPI

    std::string model;
    std::vector<std::string> inputs;  // texts; of token numbers their JSON
    bool tokens = false;  // the inputs are token numbers: only OpenAI's models know them
    Encoding encoding = Encoding::floats;
    std::optional<std::int64_t> dimensions;
    std::string user;
    std::vector<chat::Extra> rest;
};

// Errors: invalid, naming the member that is missing or wrong; more than kMostInputs inputs; texts
// and token numbers mixed.
Result<EmbeddingRequest> read_embedding_request(std::string_view body);

}  // namespace ogem::wire::openai
