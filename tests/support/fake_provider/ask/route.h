// Who is spoken to by a request's path: dialect, endpoint, model. Whatever stands before the known
// part of a path is ignored, so that a test can tell endpoints apart by a prefix.
#pragma once

#include "ask/request.h"

#include <string>
#include <string_view>

namespace ogem::fake {

enum class Dialect : unsigned char {
    openai,
    azure,
    anthropic,
    vclaude,  // Claude on Vertex
    studio,   // Gemini API
    vertex,   // Gemini on Vertex
    oauth,    // Google's token endpoint
    metadata  // of a Google machine
};

enum class Endpoint : unsigned char {
    chat,
    completions,
    embeddings,
    embed_one,    // :embedContent
    embed_batch,  // :batchEmbedContents
    predict,      // :predict of an embedding model
    count_tokens,
    models,
    model,
    token,
    machine,  // what the metadata server says of itself
    unknown
};

struct Route {
    Dialect dialect = Dialect::openai;
    Endpoint endpoint = Endpoint::unknown;
    std::string model{};     // from the path; empty: the body names it
    std::string project{};   // Vertex
    std::string location{};  // Vertex
    std::string version{};   // v1, v1beta; Azure: api-version
    bool stream = false;     // the path says so
    bool sse = true;         // false: a stream is one JSON array
};

Route route_of(const Request& request);

// The value of `name` in the query of `target`, percent-decoded; empty if it is not there.
std::string query_value(std::string_view target, std::string_view name);

std::string percent_decoded(std::string_view text);

inline bool is_google(Dialect dialect) {
    return dialect == Dialect::studio || dialect == Dialect::vertex;
}

}  // namespace ogem::fake
