#include "config/model_versions.h"

#include <doctest/doctest.h>

using namespace ogem::config;

TEST_CASE("names of Claude without a date get the one that its provider knows (B11)") {
    const auto claude = [](const char* name) { return versioned_name(name, Protocol::anthropic); };
    const auto google = [](const char* name) {
        return versioned_name(name, Protocol::vertex_anthropic);
    };
    CHECK(claude("claude-3-5-sonnet") == "claude-3-5-sonnet-20240620");
    CHECK(claude("claude-3-opus") == "claude-3-opus-20240229");
    CHECK(claude("claude-3-sonnet") == "claude-3-sonnet-20240229");
    CHECK(claude("claude-3-haiku") == "claude-3-haiku-20240307");
    CHECK(google("claude-3-opus") == "claude-3-opus@20240229");
    CHECK(google("claude-3-haiku") == "claude-3-haiku@20240307");
}

TEST_CASE("a date that somebody typed stays, written as its provider writes it (B5)") {
    const auto google = [](const char* name) {
        return versioned_name(name, Protocol::vertex_anthropic);
    };
    CHECK(versioned_name("claude-3-5-sonnet-20241022", Protocol::anthropic) ==
          "claude-3-5-sonnet-20241022");
    CHECK(google("claude-opus-4-5-20251101") == "claude-opus-4-5@20251101");
    CHECK(google("claude-sonnet-4@20250514") == "claude-sonnet-4@20250514");
    CHECK(google("claude-3-5-sonnet-20241022") == "claude-3-5-sonnet-v2@20241022");
    CHECK(google("claude-opus-4-8") == "claude-opus-4-8");
    CHECK(google("claude-12345678") == "claude-12345678");
    CHECK(google("claude-") == "claude-");
    CHECK(google("") == "");
}

TEST_CASE("other names are nobody's business") {
    CHECK(versioned_name("claude-3-opus", Protocol::openai) == "claude-3-opus");
    CHECK(versioned_name("projects/p/locations/r/endpoints/20240229", Protocol::vertex_anthropic) ==
          "projects/p/locations/r/endpoints/20240229");
    CHECK(versioned_name("llama-3-20240229", Protocol::vertex_anthropic) == "llama-3-20240229");
}
