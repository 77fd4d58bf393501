#include "wire/responses/request.h"

#include "base/text.h"
#include "support/fixture.h"
#include "wire/openai/request_writer.h"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace ogem;
using wire::responses::read_request;

namespace {

wire::responses::Request read(std::string_view body) {
    auto request = read_request(body);
    if (!request) throw std::runtime_error(request.error().message);
    return *request;
}

// The request as a chat would write it.
json::Value chat_of(std::string_view body) {
    wire::Place place;
    const auto request = read(body);
    place.model = request.chat.model;
    place.can.thinking = chat::Thinking::level;
    const auto call = wire::openai::write_request(request.chat, place, wire::openai::Rest::all);
    return json::Value::parse(call.body);
}

std::string refused(std::string_view members) {
    const auto request = read_request(cat(R"({"input":"Hi",)", members, '}'));
    return request ? "" : request.error().field;
}

std::string refused_item(std::string_view item) {
    return refused(cat(R"("input":[)", item, ']'));
}

}  // namespace

TEST_CASE("the fixtures respin_req.*: what Codex sends becomes a chat") {
    for (const auto& fixture : test::wire_fixtures("respin_req")) {
        CAPTURE(fixture["name"]);
        const auto body = fixture["input"].dump();
        const auto& expected = fixture["expected"];
        CHECK(test::same_json(chat_of(body), expected["chat"]));
        const auto dropped = expected.value("dropped", json::Value::array());
        CHECK(json::Value(read(body).dropped) == dropped);
    }
}

TEST_CASE("a string is a user message, instructions stand before it wherever they were written") {
    const auto request = read(R"({"input":"Hi","instructions":"Be brief.","stream":true})");
    REQUIRE(request.chat.messages.size() == 2);
    CHECK(request.chat.messages[0].role == chat::Role::system);
    CHECK(request.chat.messages[1].content[0].text == "Hi");
    CHECK(request.chat.usage_asked);
    CHECK(request.store);
}

TEST_CASE("knobs have their names in a chat, or are named as dropped") {
    const auto request = read(R"({"input":"Hi","max_output_tokens":20,"temperature":0.5,
        "top_p":0.9,"top_logprobs":2,"metadata":{"a":"b"},"user":"u","service_tier":"flex",
        "text":{"verbosity":"low","format":{"type":"json_schema","name":"n","schema":{},
        "strict":true}},"truncation":"auto","max_tool_calls":3,"background":true,"store":false,
        "previous_response_id":"resp_1","reasoning":null})");
    CHECK(request.chat.sampling.max_tokens == 20);
    CHECK(request.chat.sampling.temperature == 0.5);
    CHECK(request.chat.sampling.top_logprobs == 2);
    CHECK(request.chat.sampling.logprobs == true);
    CHECK(request.chat.response_format.kind == chat::ResponseFormat::Kind::json_schema);
    CHECK(request.chat.response_format.strict == true);
    CHECK(request.chat.user == "u");
    CHECK(request.dropped == std::vector<std::string>{"truncation", "max_tool_calls"});
    CHECK(request.background);
    CHECK_FALSE(request.store);
    CHECK(request.previous_response_id == "resp_1");
    CHECK(request.echo.metadata == R"({"a":"b"})");
    CHECK(request.echo.temperature == "0.5");
    CHECK(request.echo.tools == "[]");
}

TEST_CASE("local shells and files are carried over") {
    const auto chat = read(R"({"input":[{"type":"local_shell_call","call_id":"c","action":
        {"type":"exec","command":["ls"]}},{"type":"local_shell_call_output","id":"c",
        "output":"a"},{"role":"user","content":[{"type":"input_file","filename":"f",
        "file_data":"AA"},{"type":"input_text","text":"?"}]}]})")
                          .chat;
    REQUIRE(chat.messages.size() == 3);
    CHECK(chat.messages[0].calls[0].name == "local_shell");
    CHECK(chat.messages[0].calls[0].arguments.find("ls") != std::string::npos);
    CHECK(chat.messages[1].call_id == "c");
    CHECK(chat.messages[2].content[0].data == "AA");
}

TEST_CASE("tool choices are flat") {
    using Mode = chat::ToolChoice::Mode;
    const auto choice = [](std::string_view json) {
        return read(cat(R"({"input":"Hi","tool_choice":)", json, '}')).chat.tool_choice;
    };
    CHECK(choice("\"required\"").mode == Mode::required);
    CHECK(choice(R"({"type":"custom","name":"p"})").name == "p");
    const auto allowed = choice(R"({"type":"allowed_tools","mode":"required","tools":[
        {"type":"function","name":"f"},{"type":"web_search"}]})");
    CHECK(allowed.mode == Mode::required);
    CHECK(allowed.allowed == std::vector<std::string>{"f"});
    CHECK(refused(R"("tool_choice":{"type":"web_search"})") == "tool_choice.type");
}

TEST_CASE("what is wrong is refused by its path") {
    CHECK(read_request("{}").error().field == "input");
    CHECK(read_request(R"({"input":[]})").error().field == "input");
    CHECK(refused(R"("input":7)") == "input");
    CHECK(refused(R"("conversation":"c")") == "conversation");
    CHECK(refused(R"("prompt":{"id":"p"})") == "prompt");
    CHECK(refused(R"("max_output_tokens":0)") == "max_output_tokens");
    CHECK(refused(R"("tools":[{"name":"f"}])") == "tools[0].type");
    CHECK(refused(R"("tools":[{"type":"function"}])") == "tools[0].name");
    CHECK(refused(R"("text":{"format":{"type":"json_schema"}})") == "text.format.name");
    CHECK(refused_item(R"({"role":"robot","content":"x"})") == "input[0].role");
    CHECK(refused_item(R"({"content":"x"})") == "input[0].role");
    CHECK(refused_item(R"({"type":"item_reference","id":"x"})") == "input[0]");
    CHECK(refused_item(R"({"type":"poem"})") == "input[0].type");
    CHECK(refused_item(R"({"type":"function_call","name":"f"})") == "input[0].call_id");
    CHECK(refused_item(R"({"type":"function_call","call_id":"c"})") == "input[0].name");
    CHECK(refused_item(R"({"type":"function_call_output","call_id":"c"})") == "input[0].output");
    CHECK(refused_item(R"({"role":"user","content":[{"type":"video"}]})") ==
          "input[0].content[0].type");
    CHECK(refused_item(R"({"role":"user","content":[{"type":"input_image"}]})") ==
          "input[0].content[0].image_url");
}
