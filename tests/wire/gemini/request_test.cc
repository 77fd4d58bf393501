#include "wire/gemini/request.h"

#include "wire/gemini/written.h"

using namespace ogem;
using namespace ogem::test;
using namespace ogem::wire::gemini;

TEST_CASE("requests of the fixtures become Gemini's (oai2gem_req, B2, B3, B10)") {
    for (const auto& fixture : wire_fixtures("oai2gem_req")) {
        CAPTURE(fixture["name"].get<std::string>());
        const auto& ctx = fixture["ctx"];
        const auto& expected = fixture["expected"];
        auto request = chat_request(fixture["input"].dump());
        put_signatures(ctx, request);
        const auto before = request;
        const auto place = place_of(ctx);
        const auto call = write_request(request, place, service_of(ctx), {});
        REQUIRE(call);
        CAPTURE(call->body);
        CHECK(same_json(parsed(call->body), expected["body"]));
        CHECK(call->path == expected["path"].get<std::string>());
        CHECK(host_of(service_of(ctx), place) == expected["host"].get<std::string>());
        CHECK(wire::header(call->headers, "content-type") == "application/json");
        CHECK(call->dropped == expected.value("dropped", std::vector<std::string>()));
        CHECK(call->copies == 1);
        CHECK(request == before);  // pitfall 47
    }
}

TEST_CASE("a stream is asked for by its own method") {
    const auto call = written(R"({"stream":true,"messages":[{"role":"user","content":"Hi"}]})");
    REQUIRE(call);
    CHECK(call->path == "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse");
}

TEST_CASE("each service has its paths") {
    const auto path = [](const wire::Place& place, Service service) {
        const auto result = model_path(service, place);
        return result ? *result : "error: " + result.error().message;
    };
    CHECK(path(studio("tunedModels/mine"), Service::studio) == "/v1beta/tunedModels/mine");
    CHECK(path(studio("models/gemini-x"), Service::studio) == "/v1beta/models/gemini-x");
    auto stable = studio();
    stable.can.api_version = "v1";
    CHECK(path(stable, Service::studio) == "/v1/models/gemini-2.5-flash");
    stable.can.api_version = "v1/../x";
    CHECK(path(stable, Service::studio).starts_with("error: "));
    CHECK(path(studio("a/b"), Service::studio).starts_with("error: "));
    CHECK(path(studio("../x"), Service::studio).starts_with("error: "));
    CHECK(path(studio("a?b"), Service::studio).starts_with("error: "));
    CHECK(path(studio("a:b"), Service::studio) == "/v1beta/models/a%3Ab");
    CHECK(path(vertex(), Service::vertex) ==
          "/v1/projects/p1/locations/us-central1/publishers/google/models/gemini-2.5-flash");
    CHECK(path({"m", "us-central1", "", {}}, Service::vertex).starts_with("error: "));
}

TEST_CASE("sampling keeps what Gemini knows (pitfalls 34 to 38, O-42)") {
    check_same(
        config_with(R"("temperature":3,"top_p":1,"top_k":40,"presence_penalty":-1,"stop":"X")"),
        R"({"temperature":2,"topP":1,"topK":40,"stopSequences":["X"],"presencePenalty":-1})");
    check_same(config_with(R"("max_tokens":5,"max_completion_tokens":7,"n":1)"),
               R"({"maxOutputTokens":7})");
    check_same(config_with(R"("logprobs":true,"top_logprobs":3)"),
               R"({"responseLogprobs":true,"logprobs":3})");
    check_same(config_with(R"("logprobs":true,"top_logprobs":0)"), R"({"responseLogprobs":true})");
    check_same(config_with(R"("response_format":{"type":"json_object"})"),
               R"({"responseMimeType":"application/json"})");
    CHECK(config_with(R"("response_format":{"type":"text"},"logprobs":false)").is_null());
    auto small = studio();
    small.can.max_output_tokens = 100;
    check_same(config_with(R"("max_tokens":1000)", small), R"({"maxOutputTokens":100})");
}

TEST_CASE("seeds beyond 32 bits are folded into them (pitfall 61)") {
    const auto seed = [](const std::string& text) {
        return config_with("\"seed\":" + text)["seed"].get<std::int64_t>();
    };
    CHECK(seed("3") == 3);
    CHECK(seed("-3") == -3);
    CHECK(seed("2147483647") == 2'147'483'647);
    CHECK(seed("2147483648") == 0);
    CHECK(seed("2147483653") == 5);
    CHECK(seed("123456789012345678901234567890") != seed("123456789012345678901234567891"));
}

TEST_CASE("tool_choice has Gemini's modes") {
    const std::string tools =
        R"("tools":[{"type":"function","function":{"name":"a"}},{"type":"function","function":{"name":"b"}}],)";
    const auto config = [&](const std::string& choice) {
        return body_with(tools +
                         "\"tool_choice\":" + choice)["toolConfig"]["functionCallingConfig"];
    };
    check_same(config("\"auto\""), R"({"mode":"AUTO"})");
    check_same(config("\"none\""), R"({"mode":"NONE"})");
    check_same(config("\"required\""), R"({"mode":"ANY"})");
    check_same(config(R"({"type":"function","function":{"name":"b"}})"),
               R"({"mode":"ANY","allowedFunctionNames":["b"]})");
    const auto allowed = [](const std::string& mode) {
        return R"({"type":"allowed_tools","allowed_tools":{"mode":")" + mode +
               R"(","tools":[{"type":"function","function":{"name":"b"}}]}})";
    };
    check_same(config(allowed("required")), R"({"mode":"ANY","allowedFunctionNames":["b"]})");
    check_same(config(allowed("auto")), R"({"mode":"AUTO"})");
    check_same(body_with(tools + "\"tool_choice\":" + allowed("auto"))["tools"],
               R"([{"functionDeclarations":[{"name":"b"}]}])");
    CHECK_FALSE(body_with(tools + "\"strict\":1").contains("toolConfig"));
    CHECK_FALSE(body_with("\"tool_choice\":\"none\"").contains("toolConfig"));
}

TEST_CASE("functions for old models are down-converted, custom tools take one text") {
    auto old = studio("gemini-2.0-flash");
    old.can.schema = chat::SchemaForm::openapi;
    const std::string tool =
        R"("tools":[{"type":"function","function":{"name":"f","strict":true,"parameters":{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}}}])";
    check_same(
        body_with(tool, old)["tools"],
        R"([{"functionDeclarations":[{"name":"f","parameters":{"type":"OBJECT","properties":{"a":{"type":"STRING"}}}}]}])");
    const std::string empty =
        R"("tools":[{"type":"function","function":{"name":"f","parameters":{"$ref":"#/$defs/e","$defs":{"e":{"type":"object"}}}}}])";
    check_same(body_with(empty, old)["tools"], R"([{"functionDeclarations":[{"name":"f"}]}])");
    const auto custom = written(
        R"({"messages":[{"role":"assistant","tool_calls":[{"id":"1","type":"custom","custom":{"name":"p","input":"{x"}}]}],
        "tools":[{"type":"custom","custom":{"name":"p","description":"d"}}]})");
    REQUIRE(custom);
    const auto body = parsed(custom->body);
    check_same(body["tools"],
               R"([{"functionDeclarations":[{"name":"p","description":"d","parametersJsonSchema":
        {"type":"object","properties":{"input":{"type":"string"}},"required":["input"]}}]}])");
    check_same(body["contents"][0]["parts"][0]["functionCall"]["args"], R"({"input":"{x"})");
    CHECK(custom->state.custom_tools == std::vector<std::string>{"p"});
}

TEST_CASE("effort becomes a level or a budget, as the model takes it") {
    const auto thinking = [](chat::Thinking form, const std::string& model,
                             const std::string& effort, bool show = false) {
        auto place = studio(model);
        place.can.thinking = form;
        place.can.show_reasoning = show;
        const auto call = write_request(
            chat_request(R"({"messages":[{"role":"user","content":"x"}],"reasoning_effort":)" +
                         (effort.empty() ? "null" : "\"" + effort + "\"") + "}"),
            place, Service::studio, {});
        REQUIRE(call);
        const auto config = parsed(call->body).value("generationConfig", json::Value::object());
        return config.value("thinkingConfig", json::Value()).dump() +
               (call->dropped.empty() ? "" : " dropped");
    };
    using chat::Thinking;
    const std::string flash = "gemini-3-flash", pro3 = "gemini-3-pro-preview",
                      pro31 = "gemini-3.1-pro";
    CHECK(thinking(Thinking::level, flash, "none") == R"({"thinkingLevel":"MINIMAL"})");
    CHECK(thinking(Thinking::level, pro3, "none") == "null dropped");
    CHECK(thinking(Thinking::level, flash, "minimal") == R"({"thinkingLevel":"MINIMAL"})");
    CHECK(thinking(Thinking::level, pro3, "minimal") == R"({"thinkingLevel":"LOW"})");
    CHECK(thinking(Thinking::level, pro3, "low") == R"({"thinkingLevel":"LOW"})");
    CHECK(thinking(Thinking::level, pro3, "medium") == R"({"thinkingLevel":"HIGH"})");
    CHECK(thinking(Thinking::level, pro31, "medium") == R"({"thinkingLevel":"MEDIUM"})");
    for (const auto* high : {"high", "xhigh", "max"}) {
        CHECK(thinking(Thinking::level, pro3, high) == R"({"thinkingLevel":"HIGH"})");
        CHECK(thinking(Thinking::budget, "gemini-2.5-pro", high) == R"({"thinkingBudget":24576})");
    }
    CHECK(thinking(Thinking::budget, "gemini-2.5-flash-lite", "none") == R"({"thinkingBudget":0})");
    CHECK(thinking(Thinking::budget, "gemini-2.5-flash", "none", true) ==
          R"({"thinkingBudget":0})");
    CHECK(thinking(Thinking::budget, "gemini-2.5-pro", "none") == "null dropped");
    CHECK(thinking(Thinking::budget, "gemini-2.5-pro", "minimal") == R"({"thinkingBudget":1024})");
    CHECK(thinking(Thinking::budget, "gemini-2.5-pro", "medium", true) ==
          R"({"thinkingBudget":8192,"includeThoughts":true})");
    CHECK(thinking(Thinking::budget, "gemini-2.5-pro", "", true) == R"({"includeThoughts":true})");
    CHECK(thinking(Thinking::budget, "gemini-2.5-pro", "") == "null");
    CHECK(thinking(Thinking::none, "gemini-2.0-flash", "low", true) == "null dropped");
}

TEST_CASE("what Gemini has no word for is named, not lost silently (promise 8)") {
    const auto call = written(
        R"({"user":"u","logit_bias":{},"parallel_tool_calls":false,"metadata":{"a":"b"},"service_tier":"flex",
        "messages":[{"role":"user","content":"x"}],"store":true,"stop":["1","2","3","4","5","6"],"seed":1.5})");
    REQUIRE(call);
    CHECK(call->dropped == std::vector<std::string>{"stop", "seed", "parallel_tool_calls", "user",
                                                    "service_tier", "logit_bias", "metadata",
                                                    "store"});
}

TEST_CASE("safety settings are those of the configuration (B13)") {
    const auto request = chat_request(R"({"messages":[{"role":"user","content":"x"}]})");
    const auto call = write_request(request, studio(), Service::studio,
                                    {{"HARM_CATEGORY_HARASSMENT", "BLOCK_NONE"}});
    REQUIRE(call);
    check_same(parsed(call->body)["safetySettings"],
               R"([{"category":"HARM_CATEGORY_HARASSMENT","threshold":"BLOCK_NONE"}])");
}
