#include "wire/gemini/request.h"

#include "support/fixture.h"
#include "wire/gemini/given.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::test;
using namespace ogem::wire::gemini;

namespace {

json::Value parsed(const std::string& text) {
    return json::Value::parse(text);
}

wire::Place studio(const std::string& model = "gemini-2.5-flash") {
    wire::Place place;
    place.model = model;
    return place;
}

wire::Place vertex(const std::string& model = "gemini-2.5-flash") {
    return {model, "us-central1", "p1", {}};
}

Result<wire::Call> written(const std::string& body, const wire::Place& place = studio(),
                           Service service = Service::studio) {
    return write_request(chat_request(body), place, service, {});
}

json::Value body_of(const std::string& body, const wire::Place& place = studio(),
                    Service service = Service::studio) {
    const auto call = written(body, place, service);
    REQUIRE_MESSAGE(call, (call ? "" : call.error().message));
    return parsed(call->body);
}

// The body for a request with `members` beside its one message.
json::Value body_with(const std::string& members, const wire::Place& place = studio()) {
    return body_of(R"({"model":"m","messages":[{"role":"user","content":"Hi"}],)" + members + "}",
                   place);
}

json::Value config_with(const std::string& members, const wire::Place& place = studio()) {
    return body_with(members, place).value("generationConfig", json::Value());
}

json::Value contents_of(const std::string& messages, const wire::Place& place = studio(),
                        Service service = Service::studio) {
    return body_of(R"({"model":"m","messages":)" + messages + "}", place, service)["contents"];
}

std::string complaint_of(const std::string& messages, Service service = Service::studio) {
    const auto call = written(R"({"model":"m","messages":)" + messages + "}",
                              service == Service::studio ? studio() : vertex(), service);
    return call ? "none" : call.error().message;
}

void check_same(const json::Value& got, const std::string& wanted) {
    CAPTURE(got.dump());
    CHECK(same_json(got, parsed(wanted)));
}

std::string user_part(const std::string& part) {
    return R"([{"role":"user","content":[)" + part + "]}]";
}

}  // namespace

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

TEST_CASE("system and developer messages are hoisted from anywhere (pitfalls 7 and 8)") {
    const auto body = body_of(
        R"({"messages":[{"role":"system","content":"A"},{"role":"user","content":"x"},
        {"role":"developer","content":[{"type":"text","text":"B"},{"type":"text","text":""}]},
        {"role":"user","content":"y"},{"role":"system","content":""}]})");
    check_same(body["systemInstruction"], R"({"parts":[{"text":"A"},{"text":"B"}]})");
    check_same(body["contents"], R"([{"role":"user","parts":[{"text":"x"},{"text":"y"}]}])");
}

TEST_CASE("a request without contents asks with a filler (O-32)") {
    check_same(contents_of(R"([{"role":"system","content":"A"}])"),
               R"([{"role":"user","parts":[{"text":" "}]}])");
    check_same(contents_of(R"([{"role":"user","content":""}])"),
               R"([{"role":"user","parts":[{"text":" "}]}])");
}

TEST_CASE("assistant messages that say nothing vanish and their neighbours merge (pitfall 6)") {
    check_same(contents_of(R"([{"role":"user","content":"a"},{"role":"assistant","content":""},
        {"role":"user","content":" b\n"},{"role":"assistant","content":"c","refusal":"no"},{"role":"assistant","content":"d"}])"),
               R"([{"role":"user","parts":[{"text":"a"},{"text":" b\n"}]},
        {"role":"model","parts":[{"text":"c"},{"text":"no"},{"text":"d"}]}])");
}

TEST_CASE("images, sound and files go inline (pitfalls 51 to 53)") {
    const auto part = [](const std::string& text) {
        return contents_of(user_part(text))[0]["parts"][0];
    };
    check_same(
        part(
            R"({"type":"image_url","image_url":{"url":"data:image/jpg;x=y;base64,aG k","detail":"low"}})"),
        R"({"inlineData":{"mimeType":"image/jpeg","data":"aGk="}})");
    check_same(part(R"({"type":"input_audio","input_audio":{"data":"aGk=","format":"mp3"}})"),
               R"({"inlineData":{"mimeType":"audio/mp3","data":"aGk="}})");
    check_same(part(R"({"type":"file","file":{"filename":"a.pdf","file_data":"aGk="}})"),
               R"({"inlineData":{"mimeType":"application/pdf","data":"aGk="}})");
    check_same(
        contents_of(
            user_part(R"({"type":"image_url","image_url":{"url":"data:image/png;base64,aGk="}})")),
        R"([{"role":"user","parts":[{"inlineData":{"mimeType":"image/png","data":"aGk="}},{"text":" "}]}])");
}

TEST_CASE("gs:// goes to Vertex as a file, and nowhere else") {
    const auto file =
        user_part(R"({"type":"image_url","image_url":{"url":"gs://b/x","mime_type":"image/png"}})");
    check_same(contents_of(file, vertex(), Service::vertex)[0]["parts"][0],
               R"({"fileData":{"mimeType":"image/png","fileUri":"gs://b/x"}})");
    check_same(contents_of(user_part(R"({"type":"file_url","file_url":{"url":"gs://b/x.pdf"}})"),
                           vertex(), Service::vertex)[0]["parts"][0],
               R"({"fileData":{"mimeType":"application/pdf","fileUri":"gs://b/x.pdf"}})");
    CHECK(complaint_of(file) ==
          "messages[0].content[0].image_url.url: gs:// URLs can be read by Vertex only; send the "
          "file itself");
    CHECK(complaint_of(user_part(R"({"type":"image_url","image_url":{"url":"gs://b/x"}})"),
                       Service::vertex) ==
          "messages[0].content[0].image_url.url: its name does not end like that of a known type "
          "of file");
}

TEST_CASE("what Gemini cannot read is refused with its path (pitfall 62)") {
    CHECK(
        complaint_of(
            R"([{"role":"user","content":"x"},{"role":"user","content":[{"type":"text","text":"y"},
        {"type":"image_url","image_url":{"url":"https://host/a.png"}}]}])")
            .starts_with("messages[1].content[1].image_url.url: Gemini does not fetch URLs"));
    CHECK(complaint_of(user_part(R"({"type":"file","file":{"file_id":"file-1"}})"))
              .starts_with("messages[0].content[0].file.file_id: "));
    CHECK(complaint_of(user_part(R"({"type":"file","file":{"file_data":"aGk=","filename":"x"}})"))
              .starts_with("messages[0].content[0].file.filename: "));
    CHECK(complaint_of(
              user_part(R"({"type":"image_url","image_url":{"url":"data:;base64,aGk="}})")) ==
          "messages[0].content[0].image_url.url: the data URL names no media type");
    CHECK(complaint_of(
              user_part(R"({"type":"input_audio","input_audio":{"data":"!","format":"wav"}})")) ==
          "messages[0].content[0].input_audio.data: its data is not base64");
    const auto call = written(R"({"messages":[{"role":"user","content":"x"}],"n":9})");
    REQUIRE_FALSE(call);
    CHECK(call.error().message == "n: Gemini gives at most 8 answers");
    CHECK(call.error().field == "n");
    CHECK(call.error().kind == Kind::invalid);
}

namespace {

std::string call(const std::string& id, const std::string& arguments = "{}") {
    return R"({"id":")" + id + R"(","type":"function","function":{"name":"f_)" + id +
           R"(","arguments":)" + json::Value(arguments).dump() + "}}";
}

std::string assistant(const std::string& calls) {
    return R"({"role":"assistant","content":null,"tool_calls":[)" + calls + "]}";
}

std::string result(const std::string& id, const std::string& content) {
    return R"({"role":"tool","tool_call_id":")" + id + R"(","content":)" +
           json::Value(content).dump() + "}";
}

std::string list(const std::string& items) {
    return "[" + items + "]";
}

}  // namespace

TEST_CASE("arguments are an object, whatever the model wrote (pitfalls 19 and 20)") {
    const auto args = [](const std::string& text) {
        return contents_of(list(assistant(call("a", text))))[0]["parts"][0]["functionCall"]["args"]
            .dump();
    };
    CHECK(args("") == "{}");
    CHECK(args(R"( {"b":1,"a":12345678901234567890} )") == R"({"b":1,"a":12345678901234567890})");
    CHECK(args("[1]") == R"({"value":[1]})");
    CHECK(args("{\"a\":") == R"({"_raw":"{\"a\":"})");
}

TEST_CASE(
    "results stand beside their calls, in their order, as objects (pitfalls 10 to 12, O-34)") {
    check_same(
        contents_of(list(assistant(call("a") + "," + call("b")) + "," + result("b", "two") + "," +
                         result("a", R"({"x":[1]})") + R"(,{"role":"user","content":"go"},)" +
                         assistant(call("c")) + "," + result("c", "[1]"))),
        R"([{"role":"model","parts":[{"functionCall":{"name":"f_a","args":{}}},{"functionCall":{"name":"f_b","args":{}}}]},
        {"role":"user","parts":[{"functionResponse":{"name":"f_a","response":{"x":[1]}}},
                                {"functionResponse":{"name":"f_b","response":{"output":"two"}}}]},
        {"role":"user","parts":[{"text":"go"}]},
        {"role":"model","parts":[{"functionCall":{"name":"f_c","args":{}}}]},
        {"role":"user","parts":[{"functionResponse":{"name":"f_c","response":{"output":"[1]"}}}]}])");
}

TEST_CASE("a history with lost, late, repeated or unknown results is repaired (pitfall 63)") {
    check_same(
        contents_of(list(assistant(call("a") + "," + call("b")) +
                         R"(,{"role":"user","content":"hm"},)" + result("b", "1") + "," +
                         result("b", "2") + "," + result("x", "?"))),
        R"([{"role":"model","parts":[{"functionCall":{"name":"f_a","args":{}}},{"functionCall":{"name":"f_b","args":{}}}]},
        {"role":"user","parts":[{"functionResponse":{"name":"f_a","response":{"error":"no result was recorded"}}},
                                {"functionResponse":{"name":"f_b","response":{"output":"2"}}}]},
        {"role":"user","parts":[{"text":"hm"}]},
        {"role":"user","parts":[{"functionResponse":{"name":"unknown","response":{"output":"?"}}}]}])");
    check_same(
        contents_of(list(assistant(call("a")) + "," + result("a", "1") + "," + result("x", "2") +
                         "," + assistant(call("a")) + "," + result("a", "3"))),
        R"([{"role":"model","parts":[{"functionCall":{"name":"f_a","args":{}}}]},
        {"role":"user","parts":[{"functionResponse":{"name":"f_a","response":{"output":"1"}}},
                                {"functionResponse":{"name":"unknown","response":{"output":"2"}}}]},
        {"role":"model","parts":[{"functionCall":{"name":"f_a","args":{}}}]},
        {"role":"user","parts":[{"functionResponse":{"name":"f_a","response":{"output":"3"}}}]}])");
}

TEST_CASE("content of a result may be parts or nothing (pitfall 9)") {
    check_same(
        contents_of(list(
            assistant(call("a")) +
            R"(,{"role":"tool","tool_call_id":"a","content":[{"type":"text","text":"x"},{"type":"text","text":"y"}]})"))
            [1]["parts"][0]["functionResponse"]["response"],
        R"({"output":"xy"})");
    CHECK(
        complaint_of(list(
            assistant(call("a")) +
            R"(,{"role":"tool","tool_call_id":"a","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,aGk="}}]})")) ==
        "messages[1].content[0].type: the result of a tool must be text");
}

TEST_CASE(
    "calls for Gemini 3 carry a signature, or Google's word for a lost one (pitfalls 14, 15)") {
    const auto signatures = [](const wire::Place& place) {
        std::vector<std::string> found;
        const auto contents =
            contents_of(list(assistant(call("a") + "," + call("b")) + "," + result("a", "1") + "," +
                             result("b", "2") + "," + assistant(call("c"))),
                        place);
        for (const auto& content : contents)
            for (const auto& part : content["parts"])
                if (part.contains("functionCall"))
                    found.push_back(part.value("thoughtSignature", ""));
        return found;
    };
    const std::string kSkip = "skip_thought_signature_validator";
    CHECK(signatures(studio("gemini-3-pro-preview")) == std::vector{kSkip, std::string(), kSkip});
    CHECK(signatures(studio("gemini-2.5-pro")) == std::vector<std::string>(3));
    CHECK(signatures(studio("gemini-10")) == std::vector{kSkip, std::string(), kSkip});
    auto by_capability = studio("tunedModels/x");
    by_capability.can.thinking = chat::Thinking::level;
    CHECK(signatures(by_capability).front() == kSkip);
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
