// What ogemd offers when nobody configured it (contract section 4).
#include "config/given.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::config;
using Names = std::vector<std::string>;

namespace {

Names providers(const Config& config) {
    Names names;
    for (const auto& provider : config.providers) names.push_back(provider.name);
    return names;
}

}  // namespace

TEST_CASE("an empty environment gives the mock provider and no complaint (A20)") {
    const auto loaded = load(given::environment({}));
    CHECK(loaded.complaints.empty());
    REQUIRE(providers(loaded.config) == Names{"mock"});
    const auto& mock = loaded.config.providers[0];
    CHECK(mock.protocol == Protocol::mock);
    CHECK(mock.regions.at(0).name == "mock");
    CHECK(given::names(mock.regions[0].models) == Names{"echo", "lorem", "tools"});
    CHECK(loaded.config.listen == Names{"127.0.0.1:8080"});
    CHECK(loaded.config.source.empty());
}

TEST_CASE("each provider whose key is in the environment is enabled and discovers its models") {
    const auto loaded = load(given::environment(
        {{"OPENAI_API_KEY", "a"}, {"ANTHROPIC_API_KEY", "b"}, {"GEMINI_API_KEY", "c"}}));
    CHECK(loaded.complaints.empty());
    REQUIRE(providers(loaded.config) == Names{"openai", "claude", "studio", "mock"});
    const auto& claude = loaded.config.providers[1];
    CHECK(claude.discover);
    CHECK(claude.base_url == "https://api.anthropic.com");
    CHECK(claude.regions.at(0).name == "claude");
    CHECK(claude.credentials.at(0).source == "ANTHROPIC_API_KEY");
    CHECK(loaded.origins.at("providers.claude") == "environment ANTHROPIC_API_KEY");
}

TEST_CASE("vertex needs a project and credentials; it brings its shipped models (9.17)") {
    CHECK(providers(load(given::environment({{"GOOGLE_CLOUD_PROJECT", "p"}})).config) ==
          Names{"mock"});
    const Environment env{{"VERTEX_AI_PROJECT_ID", "p"},
                          {"GOOGLE_APPLICATION_CREDENTIALS", "/key.json"}};
    auto config = load(given::environment(env)).config;
    const auto& vertex = given::provider(config, "vertex");
    CHECK(vertex.regions.at(0).name == "global");
    CHECK(vertex.regions[0].base_url == "https://aiplatform.googleapis.com");
    CHECK(vertex.regions[0].models.size() > 3);
    CHECK(config.google_credentials == "/key.json");

    auto elsewhere = env;
    elsewhere["GOOGLE_CLOUD_LOCATION"] = "europe-west4";
    config = load(given::environment(elsewhere)).config;
    CHECK(given::provider(config, "vertex").regions.at(0).base_url ==
          "https://europe-west4-aiplatform.googleapis.com");
}

TEST_CASE("AZURE_OPENAI_ENDPOINT makes azure and its mode (section 9.8, row 7)") {
    const auto config = load(given::environment({{"AZURE_OPENAI_ENDPOINT", "https://me.azure.com/"},
                                                 {"AZURE_OPENAI_TOKEN", "t"}}))
                            .config;
    CHECK(config.mode == "azure");
    const auto& azure = given::provider(config, "azure");
    CHECK(azure.base_url == "https://me.azure.com");
    CHECK(azure.credentials.at(0).bearer);
    CHECK(azure.credentials.at(0).source == "AZURE_OPENAI_TOKEN");
}

TEST_CASE("BASE_URL, PROTOCOL and API_KEY_ENV together are the provider custom (row 35)") {
    const Environment env{{"BASE_URL", "http://127.0.0.1:9/v1/"},
                          {"PROTOCOL", "openai"},
                          {"API_KEY_ENV", "MY_KEY"},
                          {"MY_KEY", "k"}};
    const auto loaded = load(given::environment(env));
    CHECK(loaded.complaints.empty());
    const auto& custom = given::provider(loaded.config, "custom");
    CHECK(custom.base_url == "http://127.0.0.1:9/v1");
    CHECK(custom.discover);
    CHECK(custom.regions.at(0).name == "custom");
    CHECK(custom.credentials.at(0).key.reveal() == "k");

    auto two = env;
    two.erase("PROTOCOL");
    CHECK(providers(load(given::environment(two)).config) == Names{"mock"});
    auto wrong = env;
    wrong["PROTOCOL"] = "gopher";
    CHECK_FALSE(load(given::environment(wrong)).ok());
    // With a file that has providers they mean nothing.
    CHECK(providers(given::config("providers: {}\n", env)) == Names{"mock"});
}

TEST_CASE("a file without providers leaves them to the environment") {
    CHECK(providers(given::config("port: 9000\n", {{"OPENAI_API_KEY", "a"}})) ==
          Names{"openai", "mock"});
    CHECK(providers(given::config("providers:\n", {{"OPENAI_API_KEY", "a"}})) == Names{"mock"});
}

TEST_CASE("mock is there beside configured providers, and may be configured") {
    CHECK(providers(given::config("providers: {openai: {discover: true}}\n",
                                  {{"OPENAI_API_KEY", "a"}})) == Names{"openai", "mock"});
    const auto config = given::config("providers: {mock: {regions: {mock: {models: [echo]}}}}\n");
    REQUIRE(providers(config) == Names{"mock"});
    CHECK(given::names(config.providers[0].regions.at(0).models) == Names{"echo"});
    CHECK(given::config("providers: {mock: {}}\n").providers.at(0).regions.at(0).models.size() ==
          3);
}

TEST_CASE("both files of the pool, found without a configuration, switch it on (9.8)") {
    auto sources = given::environment({});
    sources.pool_files = true;
    CHECK(load(sources).config.pool_models == "configs/models.json");
    CHECK(load(sources).config.routing.unknown_model == UnknownModel::any);
}
