#include "wire/anthropic/client/messages_request.h"

#include "wire/anthropic/requests.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::test;
using chat::Part;
using chat::Role;
using json::Value;
using wire::anthropic::read_messages_request;

namespace {

using Names = std::vector<std::string>;

wire::anthropic::MessagesRequest read(const std::string& body) {
    auto request = read_messages_request(body);
    if (!request) throw std::runtime_error(request.error().message);
    return std::move(*request);
}

chat::Request with(const std::string& members) {
    return read(R"({"model":"m","max_tokens":9,"messages":[{"role":"user","content":"x"}],)" +
                members + "}")
        .chat;
}

std::vector<chat::Message> messages_of(const std::string& list) {
    return read(R"({"messages":)" + list + "}").chat.messages;
}

// The complaint's field about this body.
std::string refused(const std::string& body) {
    const auto request = read_messages_request(body);
    if (request) return "no complaint";
    CHECK(request.error().kind == Kind::invalid);
    CHECK(request.error().message.starts_with(request.error().field));
    return request.error().field;
}

std::string refused_part(const std::string& block) {
    return refused(R"({"messages":[{"role":"user","content":[)" + block + "]}]}");
}

// What only Anthropic's dialect can say is kept beside the chat; the fixtures show the chat.
void forget_extras(chat::Request& request) {
    for (auto& message : request.messages) {
        message.thinking.clear();
        for (auto& part : message.content) part.cache_control.clear();
    }
    for (auto& tool : request.tools) tool.cache_control.clear();
}

}  // namespace

TEST_CASE("requests of Anthropic's clients are chats as the fixtures show") {
    for (const auto& fixture : wire_fixtures("antin_req")) {
        CAPTURE(fixture["name"].get<std::string>());
        auto read = read_messages_request(fixture["input"].dump());
        REQUIRE(read);
        const auto kept = read->chat;
        forget_extras(read->chat);
        const auto expected = chat_request(fixture["expected"]["chat"].dump());
        CHECK(read->chat == expected);
        CHECK(Value(read->dropped) == fixture["expected"].value("dropped", Value::array()));
        // Nothing of it is refused on the way to Claude.
        CHECK(write(kept, claude()));
    }
}

TEST_CASE("thinking and markers are kept for providers that understand them") {
    const auto request =
        read(R"({"system":[{"type":"text","text":"S","cache_control":{"type":"ephemeral"}}],
        "tools":[{"name":"f","input_schema":{"type":"object"},"cache_control":{"type":"ephemeral"},"strict":true},
        {"type":"web_search_20250305","name":"web_search"}],"cache_control":{"type":"ephemeral"},
        "messages":[{"role":"user","content":"x"},{"role":"assistant","content":[
        {"type":"thinking", "thinking":"t","signature":"s"},{"type":"redacted_thinking","data":"d"},
        {"type":"server_tool_use","id":"s","name":"web_search","input":{}},
        {"type":"tool_use","id":"a","name":"f","input":{"k" : 1}}]}]})");
    const auto& chat = request.chat;
    CHECK(chat.messages[0].content[0].cache_control == R"({"type":"ephemeral"})");
    CHECK(chat.tools.size() == 1);
    CHECK(chat.tools[0].cache_control == R"({"type":"ephemeral"})");
    CHECK(chat.tools[0].strict == true);
    CHECK(chat.messages[2].thinking ==
          std::vector<chat::Json>{R"({"type":"thinking", "thinking":"t","signature":"s"})",
                                  R"({"type":"redacted_thinking","data":"d"})"});
    CHECK(chat.messages[2].calls.at(0).arguments == R"({"k":1})");
    CHECK(chat.rest == std::vector<chat::Extra>{{"cache_control", R"({"type":"ephemeral"})"}});
    CHECK(request.dropped == Names{"web_search_20250305", "server_tool_use"});
}

TEST_CASE("results of tools come first, their pictures after them, errors say that they are") {
    const auto messages = messages_of(R"([{"role":"user","content":[{"type":"text","text":"so"},
        {"type":"tool_result","tool_use_id":"a","content":[{"type":"text","text":"1"},
        {"type":"image","source":{"type":"base64","media_type":"image/png","data":"aaaa"}},{"type":"text","text":"2"}]},
        {"type":"tool_result","tool_use_id":"b","is_error":true,"content":"no"},
        {"type":"tool_result","tool_use_id":"c"}]}])");
    REQUIRE(messages.size() == 4);
    CHECK(messages[0].role == Role::tool);
    CHECK(messages[0].call_id == "a");
    CHECK(messages[0].content.at(0).text == "1\n2");
    CHECK(messages[1].content.at(0).text == "Error: no");
    CHECK(messages[2].content.at(0).text == "");
    REQUIRE(messages[3].content.size() == 2);
    CHECK(messages[3].content[0].url == "data:image/png;base64,aaaa");
    CHECK(messages[3].content[1].text == "so");
    CHECK(messages_of(R"([{"role":"user","content":[{"type":"tool_result","tool_use_id":"a"}]}])")
              .size() == 1);
}

TEST_CASE("pictures and documents come as files or URLs") {
    const auto part = [](const std::string& block) {
        return messages_of(R"([{"role":"user","content":[)" + block + "]}]").at(0).content.at(0);
    };
    CHECK(part(R"({"type":"image","source":{"type":"url","url":"https://x/y"}})").url ==
          "https://x/y");
    const auto pdf = part(R"({"type":"document","title":"T","source":{"type":"base64",
        "media_type":"application/pdf","data":"aaaa"}})");
    CHECK(pdf.kind == Part::Kind::file);
    CHECK(pdf.data == "data:application/pdf;base64,aaaa");
    CHECK(pdf.file_name == "T");
    CHECK(part(R"({"type":"document","source":{"type":"url","url":"https://x/y.pdf"}})").url ==
          "https://x/y.pdf");
    CHECK(
        part(
            R"({"type":"document","source":{"type":"text","media_type":"text/plain","data":"words"}})")
            .text == "words");
    CHECK(
        part(R"({"type":"document","source":{"type":"content","content":[{"type":"text","text":"a"},
        {"type":"text","text":"b"}]}})")
            .text == "a\nb");
    CHECK(
        part(
            R"({"type":"search_result","title":"T","source":"https://x","content":[{"type":"text","text":"a"}]})")
            .text == "T (https://x)\na");
}

TEST_CASE("thinking is an effort elsewhere") {
    const auto effort = [](const char* members) { return with(members).reasoning_effort; };
    CHECK(effort(R"("thinking":{"type":"enabled","budget_tokens":2048})") == "low");
    CHECK(effort(R"("thinking":{"type":"enabled","budget_tokens":8193})") == "high");
    CHECK(effort(R"("thinking":{"type":"adaptive"})") == "medium");
    CHECK(effort(R"("thinking":{"type":"adaptive"},"output_config":{"effort":"xhigh"})") ==
          "xhigh");
    CHECK(effort(R"("output_config":{"effort":"low"},"thinking":{"type":"disabled"})") == "none");
    CHECK(effort(R"("thinking":null)") == "");
}

TEST_CASE("tool choices, formats and the small knobs have a place") {
    using Mode = chat::ToolChoice::Mode;
    CHECK(with(R"("tool_choice":{"type":"any"})").tool_choice.mode == Mode::required);
    CHECK(with(R"("tool_choice":{"type":"none"})").tool_choice.mode == Mode::none);
    const auto named =
        with(R"("tool_choice":{"type":"tool","name":"f","disable_parallel_tool_use":true})");
    CHECK(named.tool_choice.name == "f");
    CHECK(named.parallel_tool_calls == false);
    const auto format =
        with(R"("output_config":{"format":{"type":"json_schema","schema":{"a":1}}})")
            .response_format;
    CHECK(format.kind == chat::ResponseFormat::Kind::json_schema);
    CHECK(format.name == "output");
    CHECK(format.schema == R"({"a":1})");
    CHECK(with(R"("top_k":5,"temperature":0)").sampling.top_k == 5);
    CHECK(with(R"("service_tier":"standard_only")").service_tier == "default");
    CHECK(with(R"("stream":true)").usage_asked);
    CHECK(with(R"("stream":true)").sampling.max_tokens == 9);
}

TEST_CASE("what is wrong is named by its place (pitfall 62)") {
    CHECK(refused("[]") == "");
    CHECK(refused("{") == "");
    CHECK(refused("{}") == "messages");
    CHECK(refused(R"({"messages":[{"role":"bot","content":"x"}]})") == "messages[0].role");
    CHECK(refused(R"({"messages":[{"role":"user"}]})") == "messages[0].content");
    CHECK(refused(R"({"messages":[{"role":"user","content":7}]})") == "messages[0].content");
    CHECK(refused_part(R"({"type":"video"})") == "messages[0].content[0].type");
    CHECK(refused_part(R"({"text":"x"})") == "messages[0].content[0].type");
    CHECK(refused_part(R"({"type":"text","text":7})") == "messages[0].content[0].text");
    CHECK(refused_part(R"({"type":"image","source":{"type":"file","file_id":"f"}})") ==
          "messages[0].content[0].source.type");
    CHECK(refused_part(R"({"type":"tool_result"})") == "messages[0].content[0].tool_use_id");
    CHECK(
        refused_part(R"({"type":"tool_result","tool_use_id":"a","content":[{"type":"audio"}]})") ==
        "messages[0].content[0].content[0].type");
    const std::string start = R"({"messages":[],)";
    CHECK(refused(start + R"("max_tokens":"9"})") == "max_tokens");
    CHECK(refused(start + R"("tools":[{"description":"x"}]})") == "tools[0].name");
    CHECK(refused(start + R"("tool_choice":{"type":"some"}})") == "tool_choice.type");
    CHECK(refused(start + R"("thinking":{"type":"enabled"}})") == "thinking.budget_tokens");
    CHECK(refused(start + R"("output_config":{"format":{"type":"xml"}}})") ==
          "output_config.format.type");
}
