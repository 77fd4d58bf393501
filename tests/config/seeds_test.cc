// Every example that the documents of the old systems print must work as it stands.
#include "config/given.h"

#include <doctest/doctest.h>

#include <filesystem>

using namespace ogem;
using namespace ogem::config;

namespace {

const Environment kKeys{{"OPENAI_API_KEY", "k1"},  {"GOOGLE_CLOUD_PROJECT", "my-project"},
                        {"EXAMPLE_API_KEY", "k2"}, {"ANOTHER_API_KEY", "k3"},
                        {"CLAUDE_API_KEY", "k4"},  {"GENAI_STUDIO_API_KEY", "k5"}};

Loaded seed(const std::string& name) {
    auto loaded = load(given::yaml(given::fixture(name), kKeys));
    REQUIRE_MESSAGE(loaded.ok(), name);
    return loaded;
}

}  // namespace

TEST_CASE("every example of the seeds loads without an error (A13, A14)") {
    int seen = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(OGEM_SOURCE_DIR "/tests/fixtures/config")) {
        const auto name = entry.path().filename().string();
        if (!name.starts_with("seed_") || entry.path().extension() != ".yaml") continue;
        const auto loaded = load(given::yaml(given::fixture(name), kKeys));
        CHECK_MESSAGE(loaded.ok(), name);
        CHECK_MESSAGE((name == "seed_002.yaml" || loaded.complaints.empty()), name);
        ++seen;
    }
    CHECK(seen >= 7);
}

TEST_CASE("the main example means what its text says (A13, A14, A16)") {
    const auto config = seed("seed_001.yaml").config;
    CHECK(config.retry_interval == 1min);
    CHECK(config.ping_interval == 1h);
    REQUIRE(config.providers.size() == 3);  // and mock
    const auto& openai = config.providers[0];
    CHECK(openai.name == "openai");
    CHECK(openai.base_url == "https://api.openai.com/v1");
    REQUIRE(openai.regions.size() == 1);
    CHECK(openai.regions[0].name == "openai");
    const auto& gpt4 = openai.regions[0].models.at(0);
    CHECK(gpt4.name == "gpt-4");
    CHECK(gpt4.rpm == 10'000);
    CHECK(gpt4.tpm == 1'000'000);
    const auto& vertex = config.providers[1];
    REQUIRE(vertex.regions.size() == 1);
    CHECK(vertex.regions[0].name == "us-central1");
    CHECK(vertex.regions[0].base_url == "https://us-central1-aiplatform.googleapis.com");
    CHECK(given::names(vertex.regions[0].models) ==
          std::vector<std::string>{"gemini-1.5-flash", "gemini-1.5-pro"});
}

TEST_CASE("the template [a, b] and a region's [c] give a, b, c (behaviour 4.9)") {
    const auto config = seed("seed_001_template.yaml").config;
    CHECK(given::names(given::provider(config, "vertex").regions.at(0).models) ==
          std::vector<std::string>{"model-a", "model-b", "model-c"});
}

TEST_CASE("custom providers have names of their own and keys in the environment (B6)") {
    const auto config = seed("seed_001_custom.yaml").config;
    const auto& custom = given::provider(config, "custom");
    CHECK(custom.protocol == Protocol::openai);
    CHECK(custom.base_url == "https://api.example.com/v1");
    CHECK(custom.credentials.at(0).source == "EXAMPLE_API_KEY");
    CHECK(custom.credentials.at(0).key.reveal() == "k2");
    CHECK(given::provider(config, "another").regions.at(0).models.at(0).rpm == 0);
}

TEST_CASE("a finetuned model has its endpoint as name and a friendly alias (B10)") {
    const auto config = seed("seed_001_finetuned.yaml").config;
    const auto& model = given::provider(config, "vertex").regions.at(0).models.at(0);
    CHECK(model.name ==
          "projects/1234567890123/locations/us-central1/endpoints/45678901234567890123");
    CHECK(model.other_names == std::vector<std::string>{"finetuned-flash"});
    CHECK(model.rate_key == "gemini-1.5-flash");
}

TEST_CASE("keys in the file still work, with a warning each; the environment wins (A11, row 2)") {
    auto sources = given::yaml(given::fixture("seed_002.yaml"));
    auto loaded = load(sources);
    CHECK(loaded.ok());
    CHECK(given::lines(loaded) ==
          std::vector<std::string>{
              "c.yaml:2:10: warning: api_key holds a secret in the file, which is deprecated; set "
              "OPEN_GEMINI_API_KEY in the environment and remove the line [W301]",
              "c.yaml:4:23: warning: genai_studio_api_key holds a secret in the file, which is "
              "deprecated; set GENAI_STUDIO_API_KEY in the environment and remove the line [W301]",
              "c.yaml:5:17: warning: openai_api_key holds a secret in the file, which is "
              "deprecated; set OPENAI_API_KEY in the environment and remove the line [W301]",
              "c.yaml:6:17: warning: claude_api_key holds a secret in the file, which is "
              "deprecated; set CLAUDE_API_KEY in the environment and remove the line [W301]"});
    CHECK(loaded.config.server_key.reveal() == "your-ogem-api-key");
    CHECK(given::provider(loaded.config, "openai").credentials.at(0).key.reveal() ==
          "your-openai-api-key");
    CHECK(loaded.config.valkey_endpoint == "localhost:6379");

    sources.env = {{"OPENAI_API_KEY", "from-env"}, {"OPEN_GEMINI_API_KEY", "server"}};
    loaded = load(sources);
    CHECK(given::provider(loaded.config, "openai").credentials.at(0).key.reveal() == "from-env");
    CHECK(loaded.config.server_key.reveal() == "server");

    sources.strict = true;
    CHECK_FALSE(load(sources).ok());
}

TEST_CASE("the .env of the Azure proxy is understood (A19, section 2 row 23)") {
    std::vector<Diagnostic> complaints;
    Sources sources;
    sources.dotenv = parse_dotenv(given::fixture("seed_004.env"), ".env", complaints);
    CHECK(complaints.empty());
    const auto loaded = load(sources);
    CHECK(given::lines(loaded).empty());
    const auto& config = loaded.config;
    CHECK(config.mode == "azure");
    CHECK(given::provider(config, "azure").base_url ==
          "https://your-azure-endpoint.openai.azure.com");
    CHECK(given::provider(config, "azure").credentials.at(0).key.reveal() ==
          "your-azure-openai-api-key");
    CHECK(given::provider(config, "studio").credentials.at(0).source == "GOOGLE_AI_STUDIO_API_KEY");
    CHECK(given::provider(config, "vertex").regions.at(0).name == "global");
    CHECK(config.google_cloud_project == "your-vertex-ai-project-id");
    REQUIRE(config.azure_deployments.size() == 2);
    CHECK(config.azure_deployments[1].model == "llama-3.1-405b");
    CHECK(config.azure_deployments[1].deployment == "Meta-Llama-3-1-405B-Instruct");
    CHECK(config.azure_deployments[1].region == "northcentralus");
    CHECK(config.azure_deployments[1].credential.key.reveal() == "your-api-key-2");
}

TEST_CASE("the router's pool takes any model name (A25, section 9.8)") {
    const auto config = seed("seed_003.yaml").config;
    CHECK(config.pool_credentials == "configs/credentials.json");
    CHECK(config.routing.unknown_model == UnknownModel::any);
    CHECK(config.listen == std::vector<std::string>{"127.0.0.1:8082"});
}
