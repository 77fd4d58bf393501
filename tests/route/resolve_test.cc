#include "route/catalog.h"
#include "sample.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::test;
using route::Catalog;

namespace {

std::string routes(std::string_view typed) {
    static const Catalog catalog(sample_config());
    return routes_of(catalog, typed);
}

Kind refusal(std::string_view typed) {
    static const Catalog catalog(sample_config());
    const auto chain = catalog.resolve(typed);
    REQUIRE_FALSE(chain);
    return chain.error().kind;
}

const std::string kPro = "vertex/us-central1/gemini-1.5-pro vertex/europe-west1/gemini-1.5-pro";

}  // namespace

TEST_CASE("a bare model means everyone who has it, in configuration order (C1)") {
    CHECK(routes("gpt-4") == "openai/openai/gpt-4 custom/custom/gpt-4");
    CHECK(routes("gemini-1.5-pro") == kPro + " studio/studio/gemini-1.5-pro");
}

TEST_CASE("provider/model and provider/region/model restrict (C2, C3)") {
    CHECK(routes("vertex/gemini-1.5-pro") == kPro);
    CHECK(routes("vertex/europe-west1/gemini-1.5-pro") == "vertex/europe-west1/gemini-1.5-pro");
    CHECK(routes("custom/gpt-4") == "custom/custom/gpt-4");
}

TEST_CASE("an alias reaches the model, restricted or not (C7)") {
    CHECK(routes("gemini-pro") == kPro);
    CHECK(routes("vertex/us-central1/gemini-pro") == "vertex/us-central1/gemini-1.5-pro");
    CHECK(routes("finetuned-flash") ==
          "vertex/us-central1/" + kTuned + " vertex/europe-west1/" + kTuned);
}

TEST_CASE("a name with slashes is looked up whole before it is taken apart (4.1, B10)") {
    CHECK(routes("org/model") == "custom/custom/org/model");
    CHECK(routes("custom/org/model") == "custom/custom/org/model");
    CHECK(routes("custom/custom/org/model") == "custom/custom/org/model");
    CHECK(routes("vertex/us-central1/" + kTuned) == "vertex/us-central1/" + kTuned);
    CHECK(routes(kTuned) == routes("finetuned-flash"));
}

TEST_CASE("a model whose name begins with a provider's name is still one model (4.1)") {
    auto config = sample_config();
    config->providers[4].regions[0].models.push_back(model("openai/gpt-oss"));
    const Catalog catalog(config);
    CHECK(routes_of(catalog, "openai/gpt-oss") == "custom/custom/openai/gpt-oss");
    CHECK(routes_of(catalog, "openai/gpt-4") == "openai/openai/gpt-4");
}

TEST_CASE("the template region default cannot be chosen (4.1, A17)") {
    CHECK(refusal("vertex/default/gemini-1.5-flash") == Kind::not_found);
    CHECK(routes("vertex/default/gemini-1.5-flash").find("vertex/gemini-1.5-flash") !=
          std::string::npos);
}

TEST_CASE("a chain keeps its order and what the client typed (C4)") {
    const Catalog catalog(sample_config());
    const auto chain = catalog.resolve(" custom/gpt-4 ,, gpt-4o@batch ");
    REQUIRE(chain);
    REQUIRE(chain->size() == 2);
    CHECK((*chain)[0].typed == "custom/gpt-4");
    CHECK((*chain)[0].name == "gpt-4");
    CHECK_FALSE((*chain)[0].batch);
    CHECK((*chain)[1].typed == "gpt-4o@batch");
    CHECK((*chain)[1].name == "gpt-4o");
    CHECK((*chain)[1].batch);
    CHECK(routes(",gpt-4") == routes("gpt-4"));
}

TEST_CASE("an unknown name fails the whole chain with what was probably meant (row 29)") {
    CHECK(refusal("a/b/c/d") == Kind::not_found);
    CHECK(refusal("gpt-4,gpt-5") == Kind::not_found);
    CHECK(routes("gpt-4,gpt4").find("no model \"gpt4\" is configured; did you mean gpt-4") !=
          std::string::npos);
    CHECK(routes("openai/gemini-1.5-pro").find("provider openai has no model") !=
          std::string::npos);
}

TEST_CASE("names are case-sensitive (4.1)") {
    CHECK(refusal("GPT-4") == Kind::not_found);
    CHECK(refusal("OpenAI/gpt-4") == Kind::not_found);
}

TEST_CASE("a name with a part missing is the client's mistake (4.1)") {
    for (const auto* typed :
         {"", ",", "openai/", "//", "/gpt-4", "openai//gpt-4", "@batch", "openai/@batch"}) {
        CAPTURE(typed);
        CHECK(refusal(typed) == Kind::invalid);
    }
}

TEST_CASE("gemini/ and google/ mean studio unless a provider has that name (row 14)") {
    CHECK(routes("gemini/gemini-1.5-pro") == "studio/studio/gemini-1.5-pro");
    CHECK(routes("google/gemini-1.5-pro") == "studio/studio/gemini-1.5-pro");
    CHECK(routes("google/studio/gemini-1.5-pro") == "studio/studio/gemini-1.5-pro");
    auto config = sample_config();
    config->providers.push_back(provider("google", {"google"}, {model("gemini-1.5-pro")}));
    CHECK(routes_of(Catalog(config), "google/gemini-1.5-pro") == "google/google/gemini-1.5-pro");
}

TEST_CASE("@batch asks only those who can (4.1, E9)") {
    CHECK(routes("gpt-4@batch") == "openai/openai/gpt-4 @batch");
    CHECK(routes("openai/gpt-4@batch") == "openai/openai/gpt-4 @batch");
    CHECK(refusal("custom/gpt-4@batch") == Kind::invalid);
    CHECK(routes("custom/gpt-4@batch").find("provider custom has no batch") != std::string::npos);
    CHECK(refusal("gpt-5@batch") == Kind::not_found);
}

TEST_CASE("a model configured as NAME@batch is used for batches (E3)") {
    auto config = sample_config();
    config->providers[0].regions[0].models.push_back(model("gpt-4@batch"));
    CHECK(routes_of(Catalog(config), "gpt-4@batch") == "openai/openai/gpt-4@batch @batch");
    CHECK(routes_of(Catalog(config), "gpt-4") == "openai/openai/gpt-4 custom/custom/gpt-4");
}

TEST_CASE("-batch still works where no model has that name (E2, row 1)") {
    CHECK(routes("gpt-4-batch") == "openai/openai/gpt-4 @batch");
    CHECK(routes("openai/gpt-4-batch") == "openai/openai/gpt-4 @batch");
    CHECK(refusal("custom/gpt-4-batch") == Kind::not_found);
    auto config = sample_config();
    config->providers[4].regions[0].models.push_back(model("gpt-4-batch"));
    CHECK(routes_of(Catalog(config), "gpt-4-batch") == "custom/custom/gpt-4-batch");
}

TEST_CASE("a provider without its key is no candidate, and the variable is named (A21)") {
    CHECK(refusal("claude-3-opus") == Kind::unavailable);
    CHECK(routes("claude/opus") ==
          "error: \"claude/opus\" is configured, but has no key: set CLAUDE_API_KEY for provider "
          "claude");
    CHECK(routes("claude-3-opus, gpt-4o") == "openai/openai/gpt-4o");
}

TEST_CASE("the file or command that gives a key is not shown to clients (promise 13)") {
    auto config = sample_config();
    config->providers[3].credentials = {credential("cmd:op read vault/claude", "")};
    CHECK(routes_of(Catalog(config), "opus").find("vault") == std::string::npos);
}

TEST_CASE("any key of several is enough") {
    auto config = sample_config();
    config->providers[3].credentials.push_back(credential("CLAUDE_API_KEY_2", "sk-ant"));
    CHECK(routes_of(Catalog(config), "opus") == "claude/claude/claude-3-opus");
}

TEST_CASE("mock/error-STATUS is known for every error status (contract section 4)") {
    CHECK(routes("mock/error-503") == "mock/mock/error");
    CHECK(routes("mock/mock/error-400") == "mock/mock/error");
    const Catalog catalog(sample_config());
    CHECK(catalog.resolve("mock/error-599")->front().name == "error-599");
    for (const auto* typed : {"mock/error-399", "mock/error-600", "mock/error-5x3",
                              "mock/error-5030", "mock/error", "error-503", "openai/error-503"}) {
        CAPTURE(typed);
        CHECK(refusal(typed) == Kind::not_found);
    }
}

TEST_CASE("a hostile name is not repeated at length") {
    CHECK(routes(std::string(100'000, 'x')).size() < 400);
}
