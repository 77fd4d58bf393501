// The answer of /v1/embeddings (openai-openapi 2.3.0: CreateEmbeddingResponse).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::wire::openai {

enum class Encoding : std::uint8_t {
    floats,
    base64  // little-endian 32-bit floats: what the official SDKs ask for
};
std::string embedding_list(std::string_view model, const std::vector<std::vector<float>>& vectors,
                           Encoding encoding, std::int64_t prompt_tokens);

}  // namespace ogem::wire::openai
