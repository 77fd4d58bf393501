#include "wire/openai/requests.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::test;
using chat::Role;
using Mode = chat::ToolChoice::Mode;

TEST_CASE("functions, function messages and function_call become tools (pitfall 64)") {
    const auto request = read(R"({"functions":[{"name":"f","parameters":{"type":"object"}}],
        "function_call":{"name":"f"},"messages":[{"role":"user","content":"?"},
        {"role":"assistant","content":null,"function_call":{"name":"f","arguments":"{}"}},
        {"role":"function","name":"f","content":"3 C"},
        {"role":"assistant","content":null,"function_call":{"name":"f","arguments":"{}"}},
        {"role":"function","name":"f","content":"4 C"},
        {"role":"function","name":"g","content":"orphan"}]})");
    CHECK(request.legacy_functions);
    REQUIRE(request.tools.size() == 1);
    CHECK(request.tools[0].parameters == R"({"type":"object"})");
    CHECK(request.tool_choice.mode == Mode::named);
    CHECK(request.tool_choice.name == "f");
    CHECK(request.messages[1].calls[0].id == "call_gen0");
    CHECK(request.messages[2].call_id == "call_gen0");
    CHECK(request.messages[2].role == Role::tool);
    CHECK(request.messages[4].call_id == "call_gen1");
    CHECK(request.messages[5].call_id == "call_gen2");
    CHECK_FALSE(with(R"("functions":[{"name":"f"}],"tools":[{"type":"function",
        "function":{"name":"g"}}])")
                    .legacy_functions);
}

TEST_CASE("tools and the choice among them (F3)") {
    const auto request = with(R"("tools":[{"type":"function","function":{"name":"f",
        "description":"d","parameters":{"type":"object","properties":{}},"strict":true}},
        {"type":"custom","custom":{"name":"c","format":{"type":"text"}}}],"tool_choice":"required")");
    REQUIRE(request.tools.size() == 2);
    CHECK(request.tools[0].strict == true);
    CHECK(request.tools[0].description == "d");
    CHECK(request.tools[1].custom);
    CHECK(request.tools[1].format == R"({"type":"text"})");
    CHECK(request.tool_choice.mode == Mode::required);
    CHECK(with(R"("tool_choice":"none")").tool_choice.mode == Mode::none);
    CHECK(with(R"("tool_choice":{"type":"custom","custom":{"name":"c"}})").tool_choice.name == "c");
    const auto allowed = with(R"("tool_choice":{"type":"allowed_tools","allowed_tools":{
        "mode":"required","tools":[{"type":"function","function":{"name":"f"}}]}})");
    CHECK(allowed.tool_choice.mode == Mode::required);
    CHECK(allowed.tool_choice.allowed == std::vector<std::string>{"f"});
}

TEST_CASE("tools that are not as they must be are refused with their path (F4)") {
    CHECK(refusal(R"("tools":{})") == "tools");
    CHECK(refusal(R"("tools":[{"function":{"name":"f"}}])") == "tools[0].type");
    CHECK(refusal(R"("tools":[{"type":"web_search"}])") == "tools[0].type");
    CHECK(refusal(R"("tools":[{"type":"function"}])") == "tools[0].function");
    CHECK(refusal(R"("tools":[{"type":"function","function":{}}])") == "tools[0].function.name");
    CHECK(refusal(R"("tools":[{"type":"function","function":{"name":"f","parameters":[]}}])") ==
          "tools[0].function.parameters");
    CHECK(refusal(R"("tool_choice":"maybe")") == "tool_choice");
    CHECK(refusal(R"("tool_choice":{"type":"function"})") == "tool_choice.function");
    CHECK(refusal(R"("tool_choice":{"function":{"name":"f"}})") == "tool_choice.type");
    CHECK(refusal(R"("parallel_tool_calls":"no")") == "parallel_tool_calls");
}

TEST_CASE("response formats, with the word of the seed (F5, O-42)") {
    using Kind = chat::ResponseFormat::Kind;
    CHECK(with(R"("response_format":{"type":"text"})").response_format.kind == Kind::text);
    CHECK(with(R"("response_format":{"type":"plain_text"})").response_format.kind == Kind::text);
    CHECK(with(R"("response_format":{"type":"json_object"})").response_format.kind ==
          Kind::json_object);
    const auto format = with(R"("response_format":{"type":"json_schema","json_schema":{
        "name":"n","strict":true,"schema":{"b":1,"a":2}}})")
                            .response_format;
    CHECK(format.kind == Kind::json_schema);
    CHECK(format.schema == R"({"b":1,"a":2})");
    CHECK(format.strict == true);
    CHECK(refusal(R"("response_format":{"type":"xml"})") == "response_format.type");
    CHECK(refusal(R"("response_format":{"type":"json_schema"})") ==
          "response_format.json_schema.name");
    CHECK(refusal(R"("response_format":"text")") == "response_format");
}
