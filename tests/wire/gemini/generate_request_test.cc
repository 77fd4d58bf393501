#include "wire/gemini/inbound/generate_request.h"

#include "support/fixture.h"
#include "wire/gemini/given.h"
#include "wire/gemini/inbound/json_schema.h"
#include "wire/gemini/request.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::test;
using namespace ogem::wire::gemini;
using chat::Part;
using chat::Role;

namespace {

GenerateRequest read(const std::string& body) {
    auto read = read_generate_request("m", body, false, counted_ids());
    REQUIRE_MESSAGE(read, (read ? "" : read.error().message));
    return std::move(*read);
}

chat::Request request_of(const std::string& body) {
    return read(body).request;
}

// The request with `members` beside its one content.
GenerateRequest with(const std::string& members) {
    return read(R"({"contents":[{"parts":[{"text":"Hi"}]}],)" + members + "}");
}

std::vector<chat::Message> messages_of(const std::string& contents) {
    return request_of(R"({"contents":)" + contents + "}").messages;
}

Part part_of(const std::string& part) {
    return messages_of(R"([{"role":"user","parts":[)" + part + "]}]").at(0).content.at(0);
}

std::string complaint_of(const std::string& body) {
    const auto read = read_generate_request("m", body, false, counted_ids());
    if (read) return "none";
    CHECK(read.error().kind == Kind::invalid);
    CHECK(read.error().message.starts_with(read.error().field));
    return read.error().message;
}

}  // namespace

TEST_CASE("Gemini's own requests keep their meaning there and back (oai2gem_req)") {
    for (const auto& fixture : wire_fixtures("oai2gem_req")) {
        CAPTURE(fixture["name"].get<std::string>());
        const auto& body = fixture["expected"]["body"];
        const auto in = read(body.dump());
        auto place = place_of(fixture["ctx"]);
        place.can.show_reasoning = in.include_thoughts;
        const auto out = write_request(in.request, place, service_of(fixture["ctx"]), {});
        REQUIRE(out);
        CAPTURE(out->body);
        CHECK(same_json(json::Value::parse(out->body), body));
        CHECK(in.dropped.empty());
    }
}

TEST_CASE("a conversation becomes messages") {
    const auto messages = request_of(R"({"systemInstruction":{"parts":[{"text":"S"}]},"contents":[
        {"parts":[{"text":"a"},{"text":"b"}]},
        {"role":"model","parts":[{"text":"hm","thought":true},{"text":"c"}]},{"role":"user","parts":[]}]})")
                              .messages;
    REQUIRE(messages.size() == 4);
    CHECK(messages[0].role == Role::system);
    CHECK(messages[0].plain);
    CHECK(messages[1].role == Role::user);
    CHECK(messages[1].content.size() == 2);
    CHECK_FALSE(messages[1].plain);
    CHECK(messages[2].role == Role::assistant);
    CHECK(messages[2].content.at(0).text == "c");
    CHECK(messages[3].content.empty());
}

TEST_CASE("members may be in snake_case") {
    const auto in = read(R"({"system_instruction":{"parts":[{"text":"S"}]},
        "contents":[{"parts":[{"inline_data":{"mime_type":"image/png","data":"aGk="}}]}],
        "generation_config":{"top_p":0.5,"max_output_tokens":7,"stop_sequences":["x"],"thinking_config":{"include_thoughts":true}},
        "tool_config":{"function_calling_config":{"mode":"ANY"}}})");
    CHECK(in.request.messages.size() == 2);
    CHECK(in.request.messages[1].content[0].url == "data:image/png;base64,aGk=");
    CHECK(in.request.sampling.top_p == 0.5);
    CHECK(in.request.sampling.max_tokens == 7);
    CHECK(in.request.sampling.stop == std::vector<std::string>{"x"});
    CHECK(in.request.tool_choice.mode == chat::ToolChoice::Mode::required);
    CHECK(in.include_thoughts);
    CHECK(in.dropped.empty());
}

TEST_CASE("files come inline or by their address") {
    CHECK(part_of(R"({"inlineData":{"mimeType":"audio/wav","data":"aGk="}})").format == "wav");
    const auto pdf = part_of(R"({"inlineData":{"mimeType":"application/pdf","data":"aGk="}})");
    CHECK(pdf.kind == Part::Kind::file);
    CHECK(pdf.data == "data:application/pdf;base64,aGk=");
    const auto image = part_of(
        R"({"fileData":{"mimeType":"image/png","fileUri":"gs://b/x"},"mediaResolution":{"level":"LOW"}})");
    CHECK(image.kind == Part::Kind::image);
    CHECK(image.url == "gs://b/x");
    CHECK(image.rest == std::vector<chat::Extra>{{"mime_type", "\"image/png\""},
                                                 {"mediaResolution", R"({"level":"LOW"})"}});
    CHECK(part_of(R"({"fileData":{"fileUri":"https://h/x.pdf"}})").kind == Part::Kind::file);
}

TEST_CASE("results find their calls by id, name or order (pitfalls 11 to 13)") {
    const auto messages = messages_of(R"([
        {"role":"model","parts":[{"functionCall":{"name":"f","args":{"a": 1}},"thoughtSignature":"cw=="},
            {"functionCall":{"name":"g"}},{"functionCall":{"name":"g","id":"mine"}}]},
        {"role":"user","parts":[{"text":"so"},{"functionResponse":{"name":"g","id":"mine","response":{"output":"3"}}},
            {"functionResponse":{"name":"g","response":{"output":2}}},
            {"functionResponse":{"name":"other","response":{"x":[1, 2]}}},
            {"functionResponse":{"name":"orphan","response":{}}}]}])");
    REQUIRE(messages.size() == 6);
    const auto& calls = messages[0].calls;
    CHECK(calls[0].id == "call_gen0");
    CHECK(calls[0].arguments == R"({"a":1})");
    CHECK(calls[0].signature == "cw==");
    CHECK(calls[1].arguments == "{}");
    CHECK(messages[1].call_id == "mine");
    CHECK(messages[1].content[0].text == "3");
    CHECK(messages[2].call_id == calls[1].id);
    CHECK(messages[2].content[0].text == R"({"output":2})");
    CHECK(messages[3].call_id == calls[0].id);
    CHECK(messages[3].content[0].text == R"({"x":[1,2]})");
    CHECK(messages[4].call_id == "call_gen2");
    CHECK(messages[4].name == "orphan");
    CHECK(messages[5].role == Role::user);
    CHECK(messages[5].content[0].text == "so");
}

TEST_CASE("files that a function returns follow its result") {
    const auto messages = messages_of(R"([{"parts":[{"functionResponse":{"name":"f","response":{},
        "parts":[{"inlineData":{"mimeType":"image/png","data":"aGk="}}]}}]}])");
    REQUIRE(messages.size() == 2);
    CHECK(messages[0].role == Role::tool);
    CHECK(messages[1].content.at(0).kind == Part::Kind::image);
}

TEST_CASE("sampling and form are OpenAI's words") {
    const auto in =
        with(R"("generationConfig":{"temperature":0,"topK":40,"candidateCount":2,"seed":-3,
        "presencePenalty":1,"frequencyPenalty":-1,"responseLogprobs":true,"logprobs":3,"responseModalities":["TEXT"],
        "responseMimeType":"application/json"})");
    const auto& s = in.request.sampling;
    CHECK(s.temperature == 0);
    CHECK(s.top_k == 40);
    CHECK(s.n == 2);
    CHECK(s.seed == "-3");
    CHECK(s.logprobs == true);
    CHECK(s.top_logprobs == 3);
    CHECK(in.request.response_format.kind == chat::ResponseFormat::Kind::json_object);
    CHECK(in.request.usage_asked);
    CHECK(in.dropped.empty());
}

TEST_CASE("schemas of answers and functions become JSON Schema (pitfall 76)") {
    const auto format =
        with(
            R"("generationConfig":{"responseSchema":{"type":"OBJECT"},"responseMimeType":"application/json"})")
            .request.response_format;
    CHECK(format.kind == chat::ResponseFormat::Kind::json_schema);
    CHECK(format.schema == R"({"type":"object"})");
    CHECK(with(R"("generationConfig":{"responseJsonSchema":{"type":"object"}})")
              .request.response_format.schema == R"({"type":"object"})");
    const auto in = with(
        R"("tools":[{"functionDeclarations":[{"name":"f","description":"d","parameters":{"type":"OBJECT"}}]},
        {"functionDeclarations":[{"name":"g","parametersJsonSchema":{"type":"object"}}],"googleSearch":{}},{"codeExecution":{}}])");
    REQUIRE(in.request.tools.size() == 2);
    CHECK(in.request.tools[0].parameters == R"({"type":"object"})");
    CHECK(in.request.tools[1].parameters == R"({"type":"object"})");
    CHECK(in.dropped == std::vector<std::string>{"tools.googleSearch", "tools.codeExecution"});
}

TEST_CASE("Gemini's Schema is said in JSON Schema's words") {
    const auto converted = [](std::string_view schema) {
        return json_schema_of(schema).value_or("?");
    };
    CHECK(converted(R"({"type":"STRING","nullable":true,"format":"enum","enum":["a"]})") ==
          R"({"type":["string","null"],"enum":["a",null]})");
    CHECK(
        converted(
            R"({"type":"ARRAY","items":{"type":"INTEGER"},"minItems":"1","max_items":2,"propertyOrdering":[]})") ==
        R"({"type":"array","items":{"type":"integer"},"minItems":1,"maxItems":2})");
    CHECK(converted(
              R"({"any_of":[{"type":"NUMBER"},{"type":"TYPE_UNSPECIFIED"}],"nullable":true})") ==
          R"({"anyOf":[{"type":"number"},{},{"type":"null"}]})");
    CHECK(
        converted(
            R"({"type":"OBJECT","properties":{"nullable":{"type":"BOOLEAN"},"max_items":{"type":"STRING"}}})") ==
        R"({"type":"object","properties":{"nullable":{"type":"boolean"},"max_items":{"type":"string"}}})");
    CHECK_FALSE(json_schema_of("[]").has_value());
    CHECK_FALSE(json_schema_of("{").has_value());
}

TEST_CASE("modes of calling are OpenAI's choices") {
    using Mode = chat::ToolChoice::Mode;
    const auto choice = [](const std::string& config) {
        return with(R"("toolConfig":{"functionCallingConfig":{)" + config + "}}")
            .request.tool_choice;
    };
    CHECK(choice(R"("mode":"AUTO")").mode == Mode::automatic);
    CHECK(choice(R"("mode":"VALIDATED")").mode == Mode::automatic);
    CHECK(choice(R"("mode":"NONE")").mode == Mode::none);
    CHECK(choice(R"("mode":"ANY")").mode == Mode::required);
    CHECK(choice(R"("mode":"MODE_UNSPECIFIED")").mode == Mode::unset);
    CHECK(choice(R"("allowedFunctionNames":["f"],"mode":"ANY")").name == "f");
    CHECK(choice(R"("allowedFunctionNames":["f"],"mode":"ANY")").mode == Mode::named);
    CHECK(choice(R"("mode":"ANY","allowedFunctionNames":["f","g"])").allowed.size() == 2);
}

TEST_CASE("thinking is an effort") {
    const auto effort = [](const std::string& config) {
        return with(R"("generationConfig":{"thinkingConfig":{)" + config + "}}")
            .request.reasoning_effort;
    };
    CHECK(effort(R"("thinkingLevel":"HIGH")") == "high");
    CHECK(effort(R"("thinkingLevel":"minimal")") == "minimal");
    CHECK(effort(R"("thinkingBudget":0)") == "none");
    CHECK(effort(R"("thinkingBudget":-1)") == "");
    CHECK(effort(R"("thinkingBudget":1024)") == "low");
    CHECK(effort(R"("thinkingBudget":8192)") == "medium");
    CHECK(effort(R"("thinkingBudget":24576)") == "high");
}

TEST_CASE("what only Google knows is named, not lost silently (promise 8)") {
    CHECK(with(R"("safetySettings":[],"labels":{},"serviceTier":"x","model":"models/m",
        "generationConfig":{"speechConfig":{},"mediaResolution":null,"responseModalities":["IMAGE"]},
        "toolConfig":{"retrievalConfig":{}})")
              .dropped == std::vector<std::string>{"safetySettings", "labels", "serviceTier",
                                                   "generationConfig.speechConfig",
                                                   "generationConfig.responseModalities",
                                                   "toolConfig.retrievalConfig"});
}

TEST_CASE("what is wrong is refused with its path") {
    CHECK(complaint_of("[]") == "the body must be an object");
    CHECK(complaint_of("{}") == "contents: is missing or empty; send at least one content");
    CHECK(complaint_of(R"({"contents":[]})") ==
          "contents: is missing or empty; send at least one content");
    CHECK(complaint_of(R"({"contents":[{"role":"system"}]})") ==
          "contents[0].role: \"system\" is not user or model");
    CHECK(complaint_of(R"({"contents":[{"parts":[{"text":"a"},{"text":1}]}]})") ==
          "contents[0].parts[1].text: must be a string");
    CHECK(complaint_of(R"({"contents":[{"parts":[{"executable_code":{}}]}]})")
              .starts_with("contents[0].parts[0].executable_code: "));
    CHECK(complaint_of(R"({"contents":[{"parts":[{"functionCall":{"name":"f"}}]}]})") ==
          "contents[0]: only a model can make a functionCall");
    CHECK(
        complaint_of(R"({"contents":[{"role":"model","parts":[{"functionCall":{"args":{}}}]}]})") ==
        "contents[0].parts[0].functionCall.name: is missing");
    CHECK(complaint_of(R"({"contents":[{"parts":[{"inlineData":{"data":"x"}}]}]})") ==
          "contents[0].parts[0].inlineData.mimeType: is missing");
    CHECK(complaint_of(R"({"cachedContent":"c","contents":[]})").starts_with("cachedContent: "));
    CHECK(
        complaint_of(
            R"({"systemInstruction":{"parts":[{"inlineData":{"mimeType":"a/b","data":"x"}}]}})") ==
        "systemInstruction: must be text");
    CHECK(complaint_of(R"({"generationConfig":{"candidateCount":9}})") ==
          "generationConfig.candidateCount: must be 1 to 8");
    CHECK(complaint_of(R"({"generationConfig":{"seed":1.5}})") ==
          "generationConfig.seed: must be a whole number");
    CHECK(complaint_of(R"({"tools":[{"functionDeclarations":[{"parameters":{}}]}]})") ==
          "tools[0].functionDeclarations[0].name: is missing");
}
