// What providers, regions and keys become when nothing is wrong with them.
#include "config/given.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::config;
using Names = std::vector<std::string>;

TEST_CASE("built-in providers know their protocol, address and batch mode (section 9.10)") {
    const auto config = given::config(
        "providers: {openai: , studio: , vertex: , claude: , vclaude: , azure: {base_url: "
        "\"https://x/\"}, other: {base_url: \"http://h/v1/\"}}\n");
    const auto row = [&](std::string_view name) {
        const auto& p = given::provider(config, name);
        return std::string(name_of(p.protocol)) + ' ' + p.base_url + ' ' +
               std::string(name_of(p.batch));
    };
    CHECK(row("openai") == "openai https://api.openai.com/v1 native");
    CHECK(row("studio") == "gemini https://generativelanguage.googleapis.com native");
    CHECK(row("claude") == "anthropic https://api.anthropic.com native");
    CHECK(row("vertex") == "vertex https://{region}-aiplatform.googleapis.com off");
    CHECK(row("vclaude") == "vertex-anthropic https://{region}-aiplatform.googleapis.com off");
    CHECK(row("azure") == "azure https://x native");
    CHECK(row("other") == "openai http://h/v1 off");  // section 9.19
}

TEST_CASE("a null region has the template's models (A15)") {
    const auto config = given::config(
        "providers:\n  vertex:\n    regions:\n      default: {models: [a]}\n      us-east1:\n"
        "      us-west1: {models: [b]}\n");
    const auto& regions = given::provider(config, "vertex").regions;
    REQUIRE(regions.size() == 2);
    CHECK(given::names(regions[0].models) == Names{"a"});
    CHECK(given::names(regions[1].models) == Names{"a", "b"});
}

TEST_CASE("a region's entry takes the place of the template's of the same name (4.9)") {
    const auto config = given::config(
        "providers:\n  vertex:\n    regions:\n"
        "      default: {models: [{name: a, rpm: 1}, {name: b, rpm: 1}]}\n"
        "      r: {models: [{name: a, rpm: 9}]}\n      s:\n");
    const auto& regions = given::provider(config, "vertex").regions;
    REQUIRE(regions.size() == 2);
    CHECK(given::names(regions[0].models) == Names{"a", "b"});
    CHECK(regions[0].models[0].rpm == 9);
    CHECK(regions[1].models[0].rpm == 1);
}

TEST_CASE("an alias in a region may not be a name of the template (4.10)") {
    CHECK(given::complaints("google_cloud_project: p\nproviders:\n  vertex:\n    regions:\n"
                            "      default: {models: [a]}\n"
                            "      r: {models: [{name: b, other_names: [a]}]}\n") ==
          "c.yaml:6:44: error: the name 'a' is taken in this region by a model at line 5 [E206]");
}

TEST_CASE("rate_key is the name where none is given; numbers may have underscores (A14)") {
    const auto config = given::config(
        "providers: {openai: {regions: {openai: {models: [{name: m, rpm: 10_000, tpm: 4_000_000, "
        "weight: 2.5, max_output_tokens: 8_192, price: {input: 2.5, output: 10, cached_input: "
        "1.25}, capabilities: {prefill: no}}]}}}}\n");
    const auto& model = given::provider(config, "openai").regions.at(0).models.at(0);
    CHECK(model.rate_key == "m");
    CHECK(model.rpm == 10'000);
    CHECK(model.tpm == 4'000'000);
    CHECK(model.weight == 2.5);
    CHECK(model.max_output_tokens == 8192);
    REQUIRE(model.price);
    CHECK(model.price->output == 10);
    CHECK(model.price->cached_input == 1.25);
    CHECK(model.capabilities.at("prefill") == "false");
}

TEST_CASE("{region} and {project} in an address are replaced (contract section 3)") {
    const auto config = given::config(
        "google_cloud_project: proj\nproviders:\n  vertex:\n"
        "    base_url: \"http://h/{project}/{region}/\"\n    regions:\n"
        "      us-east1: {models: [m]}\n      eu: {models: [m], base_url: "
        "\"http://own/{region}\"}\n");
    const auto& regions = given::provider(config, "vertex").regions;
    REQUIRE(regions.size() == 2);
    CHECK(regions[0].base_url == "http://h/proj/us-east1");
    CHECK(regions[1].base_url == "http://own/eu");
}

TEST_CASE("a provider may hold only a base_url where a mode or the pool uses it") {
    CHECK(
        given::complaints("mode: openai\nproviders: {openai: {base_url: \"http://h\"}}\n").empty());
    CHECK(given::complaints("pool: {}\nproviders: {openai: {base_url: \"http://h\"}}\n").empty());
}

TEST_CASE("a key that is not there leaves the provider without one, and warns (A21)") {
    const auto text =
        "providers:\n  p:\n    base_url: http://h\n    api_key_env: EXAMPLE_API_KEY\n"
        "    discover: true\n";
    auto loaded = load(given::yaml(text));
    CHECK(loaded.ok());
    CHECK(given::lines(loaded) == Names{"c.yaml:4:18: warning: api_key_env EXAMPLE_API_KEY is not "
                                        "set in this environment [W402]"});
    CHECK(given::provider(loaded.config, "p").credentials.at(0).key.empty());
    auto sources = given::yaml(text);
    sources.keys_required = true;
    CHECK_FALSE(load(sources).ok());
    CHECK(given::complaints("providers: {openai: {discover: true}}\n") ==
          "c.yaml:1:13: warning: OPENAI_API_KEY is not set in this environment, so provider "
          "'openai' is left out [W402]");
}

TEST_CASE("a custom provider needs no key (section 9.19)") {
    CHECK(given::complaints("providers: {p: {base_url: \"http://h\", discover: true}}\n").empty());
}

TEST_CASE("several keys are several credentials, each where it stands") {
    const auto loaded = load(given::yaml(
        "providers: {openai: {discover: true, api_key_env: [KEY_A, KEY_B]}}\n", {{"KEY_A", "a"}}));
    const auto& openai = given::provider(loaded.config, "openai");
    REQUIRE(openai.credentials.size() == 2);
    CHECK(openai.credentials[0].key.reveal() == "a");
    CHECK(openai.credentials[1].key.empty());
    CHECK(given::lines(loaded) == Names{"c.yaml:1:59: warning: api_key_env KEY_B is not set in "
                                        "this environment [W402]"});
}

TEST_CASE("a name that a shell cannot export is found with underscores (section 2 row 23)") {
    const auto config =
        given::config("providers: {openai: {discover: true, api_key_env: KEY_GPT-4.1}}\n",
                      {{"KEY_GPT_4_1", "k"}});
    CHECK(given::provider(config, "openai").credentials.at(0).key.reveal() == "k");
}

TEST_CASE("keys come from the environment, else a command, else a file (cli.md 2.8)") {
    auto sources = given::yaml(
        "providers: {openai: {discover: true, api_key_cmd: op read secret-ref, api_key_file: "
        "/k}}\n");
    CHECK(load(sources).complaints.empty());  // offline: nothing is run or read
    sources.run_command = [](const std::string& command) -> Result<std::string> {
        CHECK(command == "op read secret-ref");
        return "from-command\n";
    };
    sources.read_file = [](const std::string&) -> Result<std::string> { return "from-file\n"; };
    const auto credential = [&] {
        return given::provider(load(sources).config, "openai").credentials.at(0);
    };
    CHECK(credential().key.reveal() == "from-command");
    CHECK(credential().source == "cmd:op");
    sources.run_command = [](const std::string&) -> Result<std::string> {
        return fail(Kind::io, "api_key_cmd op failed: exit code 1");
    };
    CHECK(credential().key.reveal() == "from-file");
    CHECK(credential().source == "file:/k");
    CHECK(given::lines(load(sources)) == Names{"c.yaml:1:51: warning: api_key_cmd op failed: exit "
                                               "code 1 [W404]"});
    sources.env = {{"OPENAI_API_KEY", "from-env"}};
    CHECK(credential().key.reveal() == "from-env");
}

TEST_CASE("vertex without a project is warned about [W403]") {
    const auto text = "providers: {vertex: {regions: {r: {models: [m]}}}}\n";
    CHECK(given::complaints(text).find("[W403]") != std::string::npos);
    CHECK(given::complaints(text, {{"VERTEX_AI_PROJECT_ID", "p"}}).empty());
}

TEST_CASE("the environment's Azure endpoint beats the file's") {
    const auto config =
        given::config("providers: {azure: {base_url: \"http://file\", discover: true}}\n",
                      {{"AZURE_OPENAI_ENDPOINT", "https://env/"}, {"AZURE_OPENAI_API_KEY", "k"}});
    CHECK(given::provider(config, "azure").base_url == "https://env");
}

TEST_CASE("everything else of a provider, clients and presets") {
    const auto config = given::config(
        "providers:\n  p:\n    base_url: http://h\n    discover: true\n"
        "    headers: {x-team: blue}\n    timeout: {connect: 1s, first_byte: 2s, idle: 3s, "
        "keepalive: 4s}\n    on_client_gone: finish_and_cache\n    batch: emulate\n"
        "    safety_settings: {HARM_CATEGORY_HARASSMENT: BLOCK_NONE}\n"
        "clients:\n  bot: {models: [m], rpm: 60, tpm: 100_000, max_concurrent: 4, budget: {day: "
        "5.00}}\npresets:\n  short: {model: m, system: Be brief., options: {temperature: 0}}\n");
    const auto& p = given::provider(config, "p");
    CHECK(p.headers == std::vector<std::pair<std::string, std::string>>{{"x-team", "blue"}});
    CHECK(p.timeout.connect == 1s);
    CHECK(p.timeout.keepalive == 4s);
    CHECK(p.on_client_gone == OnClientGone::finish_and_cache);
    CHECK(p.batch == BatchMode::emulate);
    CHECK(p.safety_settings.at("HARM_CATEGORY_HARASSMENT") == "BLOCK_NONE");
    CHECK(config.clients.at(0).max_concurrent == 4);
    CHECK(config.clients.at(0).budget_per_day == 5.0);
    CHECK(config.presets.at(0).options.at("temperature") == "0");
}
