#include "config/given.h"
#include "json/value.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::config;

namespace {

json::Value shown(const Loaded& loaded, bool with_origins) {
    const auto text = to_json(loaded, with_origins);
    auto value = json::parse(text);
    REQUIRE_MESSAGE(value, text);
    return *value;
}

const char* const kText =
    "retry_interval: 90s\nmemory_limit: 1GiB\ngoogle_cloud_project: p\n"
    "providers:\n  openai:\n    regions:\n      openai:\n        models:\n"
    "          - name: gpt-4o\n            rpm: 10\n"
    "  vertex:\n    regions:\n      default:\n        models:\n          - name: g\n"
    "            tpm: 5\n      us-east1:\n";

}  // namespace

TEST_CASE("the effective configuration is one JSON object, in the units of the file") {
    const auto value = shown(load(given::yaml(kText)), false);
    CHECK(value["source"] == "c.yaml");
    CHECK(value["retry_interval"] == "1m30s");
    CHECK(value["memory_limit"] == "1GiB");
    CHECK(value["cache"]["ttl"] == "24h");
    CHECK(value["routing"]["hedge"]["budget"] == 0.02);
    CHECK(value["providers"][0]["regions"][0]["models"][0]["rpm"] == 10);
    CHECK(value["providers"][2]["name"] == "mock");
}

TEST_CASE("each value stands beside its origin") {
    const auto value = shown(load(given::yaml(kText, {{"PORT", "99"}})), true);
    CHECK(value["retry_interval"]["origin"] == "c.yaml:1:17");
    CHECK(value["listen"]["origin"] == "environment PORT");
    CHECK(value["listen"]["value"][0] == "127.0.0.1:99");
    CHECK(value["cache"]["ttl"]["origin"] == "default");
    const auto& model = value["providers"][0]["regions"][0]["models"][0];
    CHECK(model["rpm"]["origin"] == "c.yaml:10:18");
    // A template's value keeps its own place in every region.
    const auto& copied = value["providers"][1]["regions"][0]["models"][0];
    CHECK(copied["tpm"]["value"] == 5);
    CHECK(copied["tpm"]["origin"] == "c.yaml:16:18");
}

TEST_CASE("no secret is shown, wherever it came from (promise 13, behaviour 4.15)") {
    auto sources = given::yaml(
        "claude_api_key: legacy-secret-value-1\n"
        "providers: {openai: {discover: true}, claude: {discover: true}}\n",
        {{"OPENAI_API_KEY", "sk-verysecretvalue-0001"},
         {"OPEN_GEMINI_API_KEY", "server-secret-value-2"},
         {"CONFIG_ENCRYPTION_KEY", "encryption-secret-3"},
         {"HTTPS_PROXY", "http://user:proxypw@proxy:3128"}});
    const auto loaded = load(sources);
    for (const bool origins : {false, true}) {
        const auto text = to_json(loaded, origins);
        for (const auto* secret : {"verysecret", "legacy-secret-value", "server-secret-value",
                                   "encryption-secret", "proxypw"})
            CHECK_MESSAGE(text.find(secret) == std::string::npos, secret);
        CHECK(text.find("sk-...0001") != std::string::npos);
        CHECK(text.find("http://***@proxy:3128") != std::string::npos);
    }
    for (const auto& line : given::lines(loaded))
        CHECK(line.find("legacy-secret-value") == std::string::npos);
}

TEST_CASE("a key that was put where its path belongs is not shown (promise 13)") {
    const auto loaded = load(given::environment(
        {{"GOOGLE_CLOUD_PROJECT", "p"},
         {"GOOGLE_APPLICATION_CREDENTIALS", R"({"private_key":"-----BEGIN PRIVATE"})"}}));
    CHECK(to_json(loaded, true).find("PRIVATE") == std::string::npos);
}
