#include "wire/anthropic/request_writer.h"

#include "wire/anthropic/requests.h"
#include "wire/google_host.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::test;
using json::Value;
using Names = std::vector<std::string>;

namespace {

// What the fetcher of pictures does to a request before it is written for a place that cannot.
void put_fetched(chat::Request& request, const Value& fetched) {
    for (auto& message : request.messages)
        for (auto& part : message.content)
            if (const auto found = fetched.find(part.url); found != fetched.end())
                part.url = cat("data:", (*found)["content_type"].get<std::string>(), ";base64,",
                               (*found)["base64"].get<std::string>());
}

void put_stored(chat::Request& request, const Value& stored) {
    for (auto& message : request.messages)
        for (const auto& call : message.calls)
            if (stored.contains(call.id) && message.thinking.empty())
                message.thinking.push_back(stored[call.id]["thinking"].dump());
}

void check_call(const wire::Call& call, const Value& expected) {
    CHECK(call.path == expected["path"]);
    for (const auto& [name, value] : expected["headers"].items()) {
        const auto text = value.get<std::string>();
        if (text.find('$') == std::string::npos) CHECK(wire::header(call.headers, name) == text);
    }
    const auto body = json::parse(call.body);
    REQUIRE(body);
    CAPTURE(call.body);
    CHECK(same_json(*body, expected["body"]));
}

Names dropped(const std::string& members, const wire::Place& place = claude()) {
    return write(chat_request("{" + kHi + "," + members + "}"), place)->dropped;
}

}  // namespace

TEST_CASE("chat requests become calls of the Messages API as the fixtures show") {
    for (const auto& fixture : wire_fixtures("oai2ant_req")) {
        CAPTURE(fixture["name"].get<std::string>());
        const auto& ctx = fixture["ctx"];
        const auto& expected = fixture["expected"];
        auto request =
            chat_request(fixture["input"].dump(), ctx.value("id_sequence", Value::array()));
        put_fetched(request, ctx.value("fetch", Value::object()));
        put_stored(request, ctx.value("stored", Value::object()));
        const auto before = request;
        const auto place = place_of(ctx);
        const auto call = write(request, place);
        REQUIRE(call);
        CHECK(request == before);  // pitfall 47
        if (expected.contains("requests")) {
            CHECK(call->copies == static_cast<int>(expected["requests"].size()));
            for (const auto& each : expected["requests"]) check_call(*call, each);
            continue;
        }
        CHECK(call->copies == 1);
        check_call(*call, expected);
        if (expected.contains("host"))
            CHECK(wire::google_host(wire::location_of(place.model, place.region)) ==
                  expected["host"].get<std::string>());
        CHECK(Value(call->dropped) == expected.value("dropped", Value::array()));
        const auto state = expected.value("state", Value::object());
        CHECK(call->state == state_of(state));
        CHECK(request.legacy_functions == state.value("legacy_function_call", false));
    }
}

TEST_CASE("sampling goes where the model takes it, and zero is a value (pitfalls 37, 38, 71)") {
    const auto knobs = kHi + R"(,"temperature":0,"top_p":0.5)";
    CHECK(body_of(knobs)["temperature"] == 0);
    CHECK(body_of(knobs)["top_p"] == 0.5);
    for (const auto* ctx : {R"({"sampling":"fixed"})", R"({"api_version":"2026-10-21"})"}) {
        CHECK_FALSE(body_of(knobs, claude(ctx)).contains("temperature"));
        CHECK_FALSE(body_of(knobs, claude(ctx)).contains("top_p"));
    }
    auto one = claude();
    one.can.temperature_with_top_p = false;
    CHECK(body_of(knobs, one).contains("temperature"));
    CHECK_FALSE(body_of(knobs, one).contains("top_p"));
    CHECK(body_of(kHi + R"(,"top_p":0.5)", one)["top_p"] == 0.5);
    const auto call =
        write(chat_request("{" + kHi + "}"), claude(R"({"api_version":"2026-10-21"})"));
    CHECK(wire::header(call->headers, "anthropic-version") == "2026-10-21");
}

TEST_CASE("max_tokens is the newer wish, else the default, and never above the model's (B12)") {
    auto place = claude();
    CHECK(body_of(kHi + R"(,"max_tokens":5,"max_completion_tokens":7)")["max_tokens"] == 7);
    CHECK(body_of(kHi)["max_tokens"] == 4096);
    place.can.max_output_tokens = 100;
    CHECK(body_of(kHi + R"(,"max_tokens":500)", place)["max_tokens"] == 100);
}

TEST_CASE("an effort becomes what the model understands") {
    const auto effort = [](const char* word, const char* ctx, const char* more = "") {
        return body_of(kHi + ",\"reasoning_effort\":\"" + word + "\"" + more, claude(ctx));
    };
    const auto adaptive = effort("xhigh", R"({"thinking":"adaptive"})");
    CHECK(adaptive["thinking"].dump() == R"({"type":"adaptive"})");
    CHECK(adaptive["output_config"].dump() == R"({"effort":"xhigh"})");
    CHECK(effort("minimal", R"({"thinking":"adaptive"})")["output_config"]["effort"] == "low");
    CHECK_FALSE(effort("none", R"({"thinking":"adaptive"})").contains("output_config"));
    const auto* budget = R"({"thinking":"budget"})";
    CHECK(effort("low", budget)["thinking"]["budget_tokens"] == 2048);
    CHECK(effort("medium", budget, R"(,"max_tokens":20000)")["thinking"]["budget_tokens"] == 8192);
    CHECK(effort("max", budget, R"(,"max_tokens":40000)")["thinking"]["budget_tokens"] == 32000);
    CHECK(effort("max", budget, R"(,"max_tokens":1025)")["thinking"]["budget_tokens"] == 1024);
    CHECK_FALSE(effort("max", budget, R"(,"max_tokens":1024)").contains("thinking"));  // pitfall 40
    CHECK_FALSE(effort("high", "{}").contains("thinking"));
    CHECK(dropped(R"("reasoning_effort":"high")") == Names{"reasoning_effort"});
    CHECK(dropped(R"("reasoning_effort":"none")").empty());
}

TEST_CASE("while Claude thinks, no call is demanded and no low top_p is sent") {
    const auto place = claude(R"({"thinking":"adaptive"})");
    const std::string members =
        R"("reasoning_effort":"low","top_p":0.5,"top_k":3,"tool_choice":"required","tools":[
        {"type":"function","function":{"name":"f"}}])";
    const auto body = body_of(kHi + "," + members, place);
    CHECK(body["tool_choice"].dump() == R"({"type":"auto"})");
    CHECK_FALSE(body.contains("top_p"));
    CHECK(dropped(members, place) == Names{"top_p", "top_k", "tool_choice"});
    CHECK(body_of(kHi + R"(,"reasoning_effort":"low","top_p":0.97)", place)["top_p"] == 0.97);
    const auto turns =
        messages(R"([{"role":"user","content":"x"},{"role":"assistant","content":"y"}],
        "reasoning_effort":"low")",
                 place);
    CHECK(turns.back()["role"] == "user");  // no prefill either
}

TEST_CASE("what Claude has no word for is named") {
    CHECK(
        dropped(
            R"("seed":1,"logprobs":true,"top_logprobs":2,"presence_penalty":1,"frequency_penalty":1,
        "service_tier":"flex","store":true,"logit_bias":{},"metadata":{},"verbosity":"low")") ==
        Names{"seed", "logprobs", "top_logprobs", "presence_penalty", "frequency_penalty",
              "service_tier", "store", "logit_bias", "metadata", "verbosity"});
    CHECK(
        dropped(
            R"("logprobs":false,"stop":["a"," "],"service_tier":"priority","cache_control":{})") ==
        Names{"stop"});
    CHECK(body_of(kHi + R"(,"service_tier":"default")")["service_tier"] == "standard_only");
    CHECK(body_of(kHi + R"(,"cache_control":{"type":"x"})")["cache_control"].dump() ==
          R"({"type":"ephemeral"})");
}

TEST_CASE("more answers than calls are reasonable for is the client's mistake (F7, pitfall 33)") {
    CHECK(body_of(kHi + R"(,"n":9)")["field"] == "n");
    CHECK(write(chat_request("{" + kHi + R"(,"n":8})"), claude())->copies == 8);
}

TEST_CASE(
    "Claude on Vertex: dated names stay, streams have their own verb, tricks are refused (B5)") {
    const auto path = [](const std::string& model, bool stream) {
        auto place = claude(R"({"project":"p","region":"us-east5"})");
        place.model = model;
        auto request = chat_request("{" + kHi + "}");
        request.stream = stream;
        const auto call = write(request, place);
        return call ? call->path : "refused";
    };
    const std::string models = "/v1/projects/p/locations/us-east5/publishers/anthropic/models/";
    CHECK(path("claude-sonnet-4@20250514", false) ==
          models + "claude-sonnet-4@20250514:rawPredict");
    CHECK(path("claude-opus-4-8", true) == models + "claude-opus-4-8:streamRawPredict");
    CHECK(path("projects/7/locations/us-east1/endpoints/12", false) ==
          "/v1/projects/7/locations/us-east1/endpoints/12:rawPredict");
    for (const auto* trick : {"..", "a/../../b", "x?y", "x#y", "x%2e", ""})
        CHECK(path(trick, false) == "refused");  // pitfalls 69, 79
    const auto newer =
        body_of(kHi, claude(R"({"project":"p","region":"us-east5","api_version":"2026-10-21"})"));
    CHECK(newer["anthropic_version"] == "2026-10-21");
    CHECK_FALSE(newer.contains("model"));
}
