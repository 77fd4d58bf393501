// Which deployment of Azure serves a model (behaviour 1.10, 4.13).
#include "config/given.h"

#include <doctest/doctest.h>

#include <map>

using namespace ogem;
using namespace ogem::config;
using Names = std::vector<std::string>;

namespace {

const std::string kListed =
    "providers: {azure: {base_url: \"https://x\", regions: {azure: {models: "
    "[{name: gpt-4o-mini}, {name: GPT-4}, {name: my-own}]}}}}\n";

// The deployment of each model of azure's first region.
std::map<std::string, std::string> deployments(const Config& config) {
    std::map<std::string, std::string> out;
    for (const auto& model : given::provider(config, "azure").regions.at(0).models)
        out[model.name] = model.deployment;
    return out;
}

Config zero_config(Environment env) {
    env["AZURE_OPENAI_ENDPOINT"] = "https://me.azure.com";
    env["AZURE_OPENAI_API_KEY"] = "k";
    return load(given::environment(std::move(env))).config;
}

}  // namespace

TEST_CASE(
    "the shipped table has the 26 rows of the Azure proxy, and they are offered (1.10, C12)") {
    const auto offered = deployments(zero_config({}));
    CHECK(offered.size() == 26);
    CHECK(offered.at("gpt-3.5-turbo") == "gpt-35-turbo");
    CHECK(offered.at("gpt-4") == "gpt-4-0613");
    CHECK(offered.at("gpt-4o-mini") == "gpt-4o-mini-2024-07-18");
    CHECK(offered.at("gpt-4o") == "gpt-4o");
    CHECK(offered.at("whisper-1") == "whisper");
    CHECK(offered.at("text-embedding-3-large") == "text-embedding-3-large-1");
}

TEST_CASE("the mapper beats the table, in any case; a name nobody maps is its own (C13)") {
    const auto placed = deployments(given::config(
        kListed, {{"AZURE_OPENAI_MODEL_MAPPER", " gpt-4 = my-gpt4-deployment ,GPT-4o-Mini=mini"}}));
    CHECK(placed.at("GPT-4") == "my-gpt4-deployment");
    CHECK(placed.at("gpt-4o-mini") == "mini");
    CHECK(placed.at("my-own") == "my-own");
    CHECK(placed.size() == 3);
    CHECK(deployments(given::config(kListed)).at("gpt-4o-mini") == "gpt-4o-mini-2024-07-18");
}

TEST_CASE("a model that only the mapper names is offered") {
    const auto placed =
        deployments(given::config(kListed, {{"AZURE_OPENAI_MODEL_MAPPER", "gpt-5=five"}}));
    CHECK(placed.at("gpt-5") == "five");
}

TEST_CASE("serverless models have a host and a key of their own (K2)") {
    const auto config = zero_config(
        {{"AZURE_AI_STUDIO_DEPLOYMENTS", "mistral-large-2407=Mistral-large2:swedencentral"},
         {"AZURE_OPENAI_KEY_MISTRAL-LARGE-2407", "mistral-key"}});
    const auto& models = given::provider(config, "azure").regions.at(0).models;
    const auto mistral = std::ranges::find(models, "mistral-large-2407", &Model::name);
    REQUIRE(mistral != models.end());
    REQUIRE(mistral->serverless);
    CHECK(mistral->serverless->base_url ==
          "https://Mistral-large2.swedencentral.models.ai.azure.com");
    CHECK(mistral->serverless->credential.key.reveal() == "mistral-key");
    CHECK_FALSE(models.back().serverless);
}

TEST_CASE("providers of other kinds have no deployments") {
    const auto config =
        given::config("providers: {openai: {regions: {openai: {models: [{name: gpt-4}]}}}}\n");
    CHECK(given::provider(config, "openai").regions.at(0).models.at(0).deployment.empty());
}

TEST_CASE("Google's regions have three forms of host") {
    const auto config = given::config(
        "google_cloud_project: p\n"
        "providers: {vertex: {regions: {us-central1: , global: , eu: }}, "
        "vclaude: {regions: {us: }}}\n");
    std::vector<std::string> urls;
    for (const auto* name : {"vertex", "vclaude"})
        for (const auto& region : given::provider(config, name).regions)
            urls.push_back(region.base_url);
    CHECK(urls == Names{"https://us-central1-aiplatform.googleapis.com",
                        "https://aiplatform.googleapis.com",
                        "https://aiplatform.eu.rep.googleapis.com",
                        "https://aiplatform.us.rep.googleapis.com"});
}
