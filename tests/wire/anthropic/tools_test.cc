#include "wire/anthropic/requests.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::test;
using json::Value;

namespace {

const std::string kOneTool = R"("tools":[{"type":"function","function":{"name":"f"}}])";

Value choice(const std::string& members, const wire::Place& place = claude()) {
    return body_of(kHi + "," + members + "," + kOneTool, place).value("tool_choice", Value());
}

}  // namespace

TEST_CASE("tools keep every keyword of their schema and get the type that Anthropic wants") {
    const auto body = body_of(kHi + R"(,"tools":[
        {"type":"function","function":{"name":"a","parameters":{"properties":{"x":{}},"x-y":1}}},
        {"type":"function","function":{"name":"b","parameters":{}},"cache_control":{"type":"ephemeral"}},
        {"type":"function","function":{"name":"c","strict":false}}])");
    CHECK(body["tools"][0]["input_schema"].dump() ==
          R"({"type":"object","properties":{"x":{}},"x-y":1})");
    CHECK(body["tools"][1]["input_schema"].dump() == R"({"type":"object","properties":{}})");
    CHECK(body["tools"][1]["cache_control"]["type"] == "ephemeral");
    CHECK_FALSE(body["tools"][2].contains("strict"));
    CHECK_FALSE(body.contains("tool_choice"));
}

TEST_CASE("tool_choice none keeps the tools; without tools there is no choice (4.18)") {
    CHECK(choice(R"("tool_choice":"none","parallel_tool_calls":false)").dump() ==
          R"({"type":"none"})");
    CHECK(choice(R"("parallel_tool_calls":true)").is_null());
    CHECK(choice(R"("tool_choice":"auto")").dump() == R"({"type":"auto"})");
    CHECK_FALSE(body_of(kHi + R"(,"tool_choice":"auto")").contains("tool_choice"));
    auto place = claude();
    place.can.forced_tools = false;
    CHECK(choice(R"("tool_choice":"required")", place)["type"] == "auto");
}

TEST_CASE("allowed tools that do not exist are the client's mistake") {
    const auto refused = body_of(kHi + R"(,"tool_choice":{"type":"allowed_tools","allowed_tools":{
        "mode":"auto","tools":[{"type":"function","function":{"name":"g"}}]}},)" +
                                 kOneTool);
    CHECK(refused["field"] == "tool_choice.allowed_tools");
}

TEST_CASE("a schema beside tools is one of the tools, under a name of its own (pitfall 44)") {
    const auto request = chat_request("{" + kHi + R"(,"tools":[
        {"type":"function","function":{"name":"item"}}],"response_format":{"type":"json_schema",
        "json_schema":{"name":"item","schema":{"type":"object"}}}})");
    const auto call = write(request, claude(R"({"structured_outputs":false})"));
    const auto body = Value::parse(call->body);
    CHECK(body["tools"][1]["name"] == "item_output");
    CHECK(body["tool_choice"].dump() == R"({"type":"any","disable_parallel_tool_use":true})");
    CHECK(call->state.unwrap_tool == "item_output");
}

TEST_CASE("a schema for a model that can do neither is asked for in words (pitfall 42)") {
    auto place = claude(R"({"structured_outputs":false})");
    place.can.forced_tools = false;
    const std::string with_schema =
        R"({"type":"json_schema","json_schema":{"name":"x","schema":{}}})";
    const auto call =
        write(chat_request("{" + kHi + R"(,"response_format":)" + with_schema + "}"), place);
    CHECK(call->body.find("one valid JSON object") != std::string::npos);
    CHECK(call->dropped == std::vector<std::string>{"response_format"});
    CHECK(body_of(kHi + R"(,"response_format":{"type":"json_schema","json_schema":{"name":"x"}})")
              .dump()
              .find("one valid JSON object") != std::string::npos);
    CHECK_FALSE(body_of(kHi + R"(,"response_format":{"type":"text"})").contains("system"));
}

TEST_CASE("the grammar of a custom tool is named as lost") {
    const auto call =
        write(chat_request("{" + kHi + R"(,"tools":[{"type":"custom","custom":{"name":"p",
        "format":{"type":"grammar","grammar":{"syntax":"lark","definition":"start: x"}}}}]})"),
              claude());
    CHECK(call->dropped == std::vector<std::string>{"format"});
    CHECK(call->state.custom_tools == std::vector<std::string>{"p"});
}
