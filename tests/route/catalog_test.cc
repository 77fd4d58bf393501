#include "route/catalog.h"

#include "sample.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::test;
using route::Catalog;

TEST_CASE("every model of every region is an endpoint, in the order of the file") {
    const Catalog catalog(sample_config());
    const auto& endpoints = catalog.endpoints();
    CHECK(endpoints[0].route() == "openai/openai/gpt-4");
    CHECK(endpoints[2].route() == "vertex/us-central1/gemini-1.5-pro");
    CHECK(endpoints[5].route() == "vertex/europe-west1/gemini-1.5-pro");
    for (std::size_t i = 0; i < endpoints.size(); ++i) CHECK(endpoints[i].id == i);
}

TEST_CASE("an endpoint's address is its region's, else its provider's, without a last slash") {
    const Catalog catalog(sample_config());
    CHECK(catalog.endpoints()[2].base_url == "https://vertex.example/v1");
    CHECK(catalog.endpoints()[5].base_url == "https://eu.example");
}

TEST_CASE("each name is listed once, with its owner and whether it is an alias (4.10)") {
    const Catalog catalog(sample_config());
    std::string names;
    for (const auto& listed : catalog.models()) names += listed.name + (listed.alias ? "* " : " ");
    CHECK(names == "gpt-4 gpt-4-latest* gpt-4o gemini-1.5-pro gemini-pro* gemini-1.5-flash " +
                       kTuned + " finetuned-flash* claude-3-opus opus* org/model echo ");
    CHECK(catalog.models()[0].owned_by == "openai");
    CHECK(catalog.models()[0].endpoints.size() == 2);
}

TEST_CASE("a name that is one model's own and another's alias is no mere alias") {
    auto config = sample_config();
    config->providers[0].regions[0].models[0].other_names.push_back("echo");
    const Catalog catalog(config);
    for (const auto& listed : catalog.models())
        if (listed.name == "echo") CHECK_FALSE(listed.alias);
}

TEST_CASE("a model listed twice under one name is one candidate") {
    auto config = sample_config();
    config->providers[0].regions[0].models[0].other_names.push_back("gpt-4");
    CHECK(routes_of(Catalog(config), "openai/gpt-4") == "openai/openai/gpt-4");
}

TEST_CASE("a typo is answered with the nearest names") {
    const Catalog catalog(sample_config());
    REQUIRE_FALSE(catalog.nearest("gpt4").empty());
    CHECK(catalog.nearest("gpt4")[0] == "gpt-4");
    REQUIRE_FALSE(catalog.nearest("opnai/gpt-4o").empty());
    CHECK(catalog.nearest("opnai/gpt-4o")[0] == "openai/gpt-4o");
    REQUIRE_FALSE(catalog.nearest("nobody/with-such-a-long-name/gpt-4").empty());
    CHECK(catalog.nearest("nobody/with-such-a-long-name/gpt-4")[0] == "gpt-4");
    CHECK(catalog.nearest("zzzzzzzzzzzz").empty());
    CHECK(catalog.nearest("gpt", 1).size() == 1);
}

TEST_CASE("an empty configuration knows nothing") {
    const Catalog catalog(std::make_shared<config::Config>());
    CHECK(catalog.endpoints().empty());
    CHECK(routes_of(catalog, "gpt-4").starts_with("error: no model \"gpt-4\" is configured"));
}
