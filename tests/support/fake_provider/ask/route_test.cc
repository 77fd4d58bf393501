#include "ask/route.h"

#include <doctest/doctest.h>

using namespace ogem::fake;

namespace {

Route post(const char* target) {
    return route_of({std::string("POST ") + target + " HTTP/1.1\r\n\r\n", ""});
}

struct Known {
    const char* target;
    Dialect dialect;
    Endpoint endpoint;
    const char* model;
};

constexpr Known kKnown[] = {
    {"/v1/chat/completions", Dialect::openai, Endpoint::chat, ""},
    {"/some/v1/embeddings", Dialect::openai, Endpoint::embeddings, ""},
    {"/v1/messages", Dialect::anthropic, Endpoint::chat, ""},
    {"/v1/messages/count_tokens", Dialect::anthropic, Endpoint::count_tokens, ""},
    {"/x/v1/projects/p/locations/l/publishers/anthropic/models/c%4020250514:rawPredict",
     Dialect::vclaude, Endpoint::chat, "c@20250514"},
    {"/v1/projects/p/locations/l/publishers/anthropic/models/count-tokens:rawPredict",
     Dialect::vclaude, Endpoint::count_tokens, ""},
    {"/v1beta/models/g:generateContent", Dialect::studio, Endpoint::chat, "g"},
    {"/v1/models/g:countTokens", Dialect::studio, Endpoint::count_tokens, "g"},
    {"/v1beta/tunedModels/t:generateContent", Dialect::studio, Endpoint::chat, "t"},
    {"/v1beta1/projects/p/locations/l/publishers/google/models/e:predict", Dialect::vertex,
     Endpoint::predict, "e"},
    {"/v1/projects/7/locations/l/endpoints/123:generateContent", Dialect::vertex, Endpoint::chat,
     "123"},
    {"/v1/projects/p/locations/l/publishers/google/models/e:batchEmbedContents", Dialect::vertex,
     Endpoint::unknown, "e"},
    {"/openai/deployments/d/embeddings?api-version=2024-06-01", Dialect::azure,
     Endpoint::embeddings, "d"},
    {"/openai/v1/chat/completions", Dialect::azure, Endpoint::chat, ""},
    {"/token", Dialect::oauth, Endpoint::token, ""},
};

}  // namespace

TEST_CASE("a path says whose dialect is spoken, to which endpoint, of which model") {
    for (const auto& known : kKnown) {
        CAPTURE(known.target);
        const auto route = post(known.target);
        CHECK(route.dialect == known.dialect);
        CHECK(route.endpoint == known.endpoint);
        CHECK(route.model == known.model);
    }
}

TEST_CASE("a stream of Gemini's is an array unless sse is asked for") {
    CHECK(post("/v1beta/models/g:streamGenerateContent?alt=sse").sse);
    CHECK_FALSE(post("/v1beta/models/g:streamGenerateContent?alt=json").sse);
    CHECK(post("/v1beta/models/g:streamGenerateContent").stream);
    CHECK(post("/v1/projects/p/locations/l/publishers/anthropic/models/c:streamRawPredict").sse);
}

TEST_CASE("lists of models are told apart by their headers") {
    const auto list = [](const char* header) {
        return route_of({std::string("GET /v1/models HTTP/1.1\r\n") + header + "\r\n", ""}).dialect;
    };
    CHECK(list("") == Dialect::openai);
    CHECK(list("anthropic-version: 2023-06-01\r\n") == Dialect::anthropic);
    CHECK(list("x-goog-api-key: k\r\n") == Dialect::studio);
}
