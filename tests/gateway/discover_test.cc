#include "gateway/discover.h"

#include "base/log.h"
#include "base/text.h"
#include "gateway/support/answers.h"
#include "gateway/support/house.h"
#include "net/wait.h"
#include "support/padded.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace ogem;
using namespace ogem::gateway;
using namespace ogem::test;
using Names = std::vector<std::string>;

namespace {

std::string list_of(const Names& names) {
    std::string out = R"({"object":"list","data":[)";
    for (const auto& name : names)
        append(out, out.ends_with('[') ? "" : ",", R"({"id":")", name, R"(","object":"model"})");
    return out + "]}";
}

config::Provider discovering(std::string name, Names configured = {}) {
    auto out = provider(std::move(name), std::move(configured));
    out.discover = true;
    return out;
}

// One round of questions.
struct Round {
    net::Loop loop;
    ScriptedSender providers{loop};
    Names listeners;
    std::vector<Finding> findings;
    Duration took{};

    Round() { log::configure(log::Level::error, log::Format::text); }

    void run(std::shared_ptr<const config::Config> config) {
        auto task = live(std::move(config));
        const auto began = Clock::now();
        task.start();
        loop.run();
        took = Clock::now() - began;
    }

private:
    Task<> live(std::shared_ptr<const config::Config> config) {
        auto task = discover(loop, providers, std::move(config), listeners);
        findings = co_await task;
        loop.stop();
    }
};

std::string found(const std::vector<Finding>& findings) {
    std::string out;
    for (const auto& finding : findings)
        append(out, out.empty() ? "" : "; ", finding.provider, ": ", join(finding.models, " "));
    return out;
}

std::shared_ptr<config::Config> configured(std::vector<config::Provider> providers) {
    auto config = config_of(std::move(providers));
    config->source = "config.yaml";
    return config;
}

Names models_of(const config::Config& config, std::string_view provider) {
    Names out;
    for (const auto& one : config.providers)
        for (const auto& region : one.regions)
            for (const auto& model : region.models)
                if (one.name == provider) out.push_back(region.name + "/" + model.name);
    return out;
}

}  // namespace

TEST_CASE("a list of models is read as OpenAI, Ollama and vLLM write it") {
    CHECK(*read_model_list(Padded(list_of({"gpt-4", "llama3:8b", "org/model"}))) ==
          Names{"gpt-4", "llama3:8b", "org/model"});
    CHECK(read_model_list(Padded(R"({"data":[]})"))->empty());
}

TEST_CASE("a list of models is read as Anthropic and Gemini write it") {
    CHECK(read_model_list(Padded(R"({"data":[{"type":"model","id":"claude-a"}],"has_more":false})"))
              .value() == Names{"claude-a"});
    CHECK(read_model_list(Padded(R"({"models":[
        {"name":"models/gemini-x","supportedGenerationMethods":["generateContent"]},
        {"name":"models/embed-x","supportedGenerationMethods":["embedContent"]},
        {"name":"models/veo","supportedGenerationMethods":["predictLongRunning"]},
        {"name":"tunedModels/mine"}]})"))
              .value() == Names{"gemini-x", "embed-x", "tunedModels/mine"});
}

TEST_CASE("names that nobody can ask for are left out, and each counts once") {
    CHECK(
        *read_model_list(Padded(
            R"({"data":[{"id":"a"},{"id":"a,b"},{"id":""},{"id":7},{},{"id":"x\ny"},{"id":"a"}]})")) ==
        Names{"a"});
    Names many(kMostModels + 10);
    for (std::size_t i = 0; i < many.size(); ++i) many[i] = cat("m", i);
    CHECK(read_model_list(Padded(list_of(many)))->size() == kMostModels);
}

TEST_CASE("what is no list of models is an error, not an empty list") {
    for (const std::string body : {"", "<html>", "[]", "{}", R"({"data":{}})", R"({"data":[1]})"})
        CHECK_MESSAGE(!read_model_list(Padded(body)), body);
}

TEST_CASE("providers with discover: true are asked with their key, others are not") {
    Round round;
    auto keyless = discovering("keyless");
    keyless.credentials = {{"KEY", Secret(), false}};
    auto other = discovering("vertex");
    other.protocol = config::Protocol::vertex;
    round.providers.plan("one.test", whole(200, list_of({"a", "b"})));
    round.run(configured({discovering("one"), provider("two"), keyless, other}));
    CHECK(found(round.findings) == "one: a b");
    REQUIRE(round.providers.asked().size() == 1);
    const auto& asked = *round.providers.asked()[0];
    CHECK(asked.head.starts_with("GET /v1/models HTTP/1.1\r\nHost: one.test\r\n"));
    CHECK(asked.head.find("Authorization: Bearer sk-one\r\n") != std::string::npos);
    CHECK(asked.head.ends_with("\r\n\r\n"));
    CHECK(asked.body.empty());
}

TEST_CASE("claude and studio are asked in their own dialect, vertex has no such list") {
    std::vector<config::Provider> providers;
    for (const auto protocol :
         {config::Protocol::anthropic, config::Protocol::gemini, config::Protocol::vertex}) {
        auto one = discovering(std::string(config::name_of(protocol)));
        one.base_url = cat("http://", one.name, ".test");
        one.protocol = protocol;
        providers.push_back(std::move(one));
    }
    Round round;
    round.providers.plan("anthropic.test", whole(200, list_of({"claude-a"})));
    round.providers.plan("gemini.test", whole(200, R"({"models":[{"name":"models/gemini-x"}]})"));
    round.run(configured(providers));
    CHECK(found(round.findings) == "anthropic: claude-a; gemini: gemini-x");
    REQUIRE(round.providers.asked().size() == 2);
    const auto& claude = round.providers.asked()[0]->head;
    CHECK(claude.starts_with("GET /v1/models?limit=1000 HTTP/1.1\r\n"));
    CHECK(claude.find("\r\nx-api-key: sk-anthropic\r\n") != std::string::npos);
    CHECK(claude.find("\r\nanthropic-version: 2023-06-01\r\n") != std::string::npos);
    const auto& studio = round.providers.asked()[1]->head;
    CHECK(studio.starts_with("GET /v1beta/models?pageSize=1000 HTTP/1.1\r\n"));
    CHECK(studio.find("\r\nx-goog-api-key: sk-gemini\r\n") != std::string::npos);
}

TEST_CASE("a provider that cannot tell leaves the others' findings alone") {
    Round round;
    round.providers.plan("one.test", whole(401, error_of("bad key")));
    round.providers.plan("two.test", whole(200, std::string(2 << 20, ' ')));
    round.providers.plan("three.test", whole(200, "<html>"));
    round.providers.plan("four.test", whole(200, list_of({"x"})));
    round.run(configured({discovering("one"), discovering("two"), discovering("three"),
                          discovering("four"), discovering("five")}));
    CHECK(found(round.findings) == "four: x");
}

TEST_CASE("all providers are asked at the same time") {
    Round round;
    for (const auto* name : {"one.test", "two.test", "three.test"}) {
        auto script = whole(200, list_of({"m"}));
        script.head_after = 100ms;
        round.providers.plan(name, script);
    }
    round.run(configured({discovering("one"), discovering("two"), discovering("three")}));
    CHECK(round.findings.size() == 3);
    CHECK(round.took < 280ms);
}

TEST_CASE("without a configuration the servers of this machine are found (contract 4, 9.17)") {
    Round round;
    round.providers.plan("127.0.0.1:11434", whole(200, list_of({"llama3:8b"})));
    round.providers.plan("127.0.0.1:8000", whole(200, list_of({"qwen"})));
    const auto config = config_of({});
    round.run(config);
    CHECK(found(round.findings) == "ollama: llama3:8b; vllm: qwen");
    const auto amended = with_findings(*config, round.findings);
    CHECK(models_of(amended, "ollama") == Names{"ollama/llama3:8b"});
    CHECK(models_of(amended, "vllm") == Names{"vllm/qwen"});
    CHECK(amended.providers[0].base_url == "http://127.0.0.1:11434/v1");
    CHECK(round.providers.authorities().size() == 4);
}

TEST_CASE("with a configuration this machine's ports are not touched") {
    Round round;
    round.run(configured({provider("one")}));
    CHECK(round.providers.asked().empty());
}

TEST_CASE("our own listener is not asked, and another ogemd is not taken for llama.cpp") {
    Round round;
    round.listeners = {"127.0.0.1:8080"};
    round.run(config_of({}));
    CHECK(round.providers.authorities() ==
          Names{"127.0.0.1:11434", "127.0.0.1:1234", "127.0.0.1:8000"});
    Round other;
    other.providers.plan("127.0.0.1:8080",
                         with_header(whole(200, list_of({"echo"})), "Server", "ogemd"));
    other.run(config_of({}));
    CHECK(other.findings.empty());
}

TEST_CASE("a local port that a provider of the environment has is asked once, as that provider") {
    auto custom = discovering("custom");
    custom.base_url = "http://localhost:11434/v1";
    const auto servers = local_servers(*config_of({custom}), {});
    REQUIRE(servers.size() == 3);
    CHECK(servers[0].name == "llamacpp");
}

TEST_CASE("a silent local server is given 300 ms") {
    Round round;
    auto script = whole(200, list_of({"late"}));
    script.head_after = 5s;
    round.providers.plan("127.0.0.1:1234", script);
    round.run(config_of({}));
    CHECK(round.findings.empty());
    CHECK(round.took < 1s);
}

TEST_CASE("what is configured wins over what was found, its aliases too") {
    auto one = discovering("one", {"a"});
    one.regions[0].models[0].rpm = 7;
    one.regions[0].models[0].other_names = {"b"};
    const auto amended =
        with_findings(*configured({one}), {{"one", one.base_url, false, {"a", "b", "c"}}});
    CHECK(models_of(amended, "one") == Names{"one/a", "one/c"});
    CHECK(amended.providers[0].regions[0].models[0].rpm == 7);
    CHECK(amended.providers[0].regions[0].models[1].rate_key == "c");
}

TEST_CASE("findings of a provider that a reload took away or moved are not used") {
    auto moved = discovering("one");
    moved.base_url = "http://elsewhere.test/v1";
    auto plain = provider("two", {});
    const std::vector<Finding> old{{"one", "http://one.test/v1", false, {"a"}},
                                   {"two", "http://two.test/v1", false, {"b"}},
                                   {"ollama", "http://127.0.0.1:11434/v1", true, {"c"}}};
    const auto amended = with_findings(*configured({moved, plain}), old);
    CHECK(amended.providers.size() == 2);
    CHECK(models_of(amended, "one").empty());
    CHECK(models_of(amended, "two").empty());
}

TEST_CASE("a request for a model that is still being discovered waits for it (contract 4)") {
    const auto before = configured({discovering("one", {})});
    Traffic traffic;
    const auto after = std::make_shared<config::Config>(
        with_findings(*before, {{"one", "http://one.test/v1", false, {"new"}}}));
    House house(before);
    house.plan("one", whole(200, completion("hi", "new")));
    house.gateway.expect_models(true);
    auto arrive = [](House& h, std::shared_ptr<config::Config> config, Traffic& t) -> Task<> {
        co_await net::Sleep(h.loop, h.loop.now() + 60ms);
        h.gateway.use(*make_generation(std::move(config), {}, t));
        h.gateway.expect_models(false);
    };
    auto task = arrive(house, after, traffic);
    task.start();
    SUBCASE("and is served") {
        house.ask(R"({"model":"new"})");
        CHECK(house.client.body == completion("hi", "new"));
    }
    SUBCASE("or is told when it never comes") {
        house.ask(R"({"model":"other"})");
        REQUIRE(house.client.failure);
        CHECK(house.client.failure->error.kind == Kind::not_found);
    }
}
