#include "wire/openai/stream_writer.h"

#include "support/fixture.h"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace ogem;
using namespace ogem::wire::openai;

namespace {

AnswerStyle style(Shape shape = Shape::chat) {
    AnswerStyle style;
    style.model = "m";
    style.id = "chatcmpl-1";
    style.created = 1;
    style.shape = shape;
    return style;
}

json::Value read(std::string_view text) {
    auto value = json::parse(text);
    if (!value) throw std::runtime_error(std::string(text));
    return *value;
}

std::string bytes_of(const std::vector<chat::Event>& events, const AnswerStyle& wanted) {
    AnswerStreamWriter writer(wanted);
    std::string out;
    chat::Lifecycle legal;
    writer.write(chat::Started{}, out);
    legal.accept(chat::Started{});
    for (const auto& event : events) {
        REQUIRE(legal.accept(event));
        writer.write(event, out);
    }
    return out;
}

// The objects of a stream; every event must be one `data:` line and a blank one. "[DONE]" is a
// string.
std::vector<json::Value> chunks(const std::vector<chat::Event>& events,
                                const AnswerStyle& wanted = style()) {
    const auto bytes = bytes_of(events, wanted);
    std::vector<json::Value> objects;
    for (std::size_t at = 0; at < bytes.size();) {
        const auto end = bytes.find("\n\n", at);
        const auto event = bytes.substr(at, end - at);
        REQUIRE(event.starts_with("data: "));
        REQUIRE(event.find('\n') == std::string::npos);
        objects.push_back(event == "data: [DONE]" ? json::Value("[DONE]") : read(event.substr(6)));
        at = end + 2;
    }
    return objects;
}

// The choices of those chunks.
std::vector<json::Value> choices(const std::vector<chat::Event>& events,
                                 const AnswerStyle& wanted = style()) {
    std::vector<json::Value> all;
    for (const auto& chunk : chunks(events, wanted))
        if (chunk.is_object())
            for (const auto& choice : chunk["choices"]) all.push_back(choice);
    return all;
}

const chat::CallStarted kCall{0, 0, "call_1", "add", false};
const chat::Finished kCalled{0, chat::Finish::tool_calls};

}  // namespace

TEST_CASE("every chunk shares id, created, model and object") {
    const auto all = chunks({chat::Text{0, "x"}, kCall, chat::CallArguments{0, 0, "{}"},
                             chat::CallEnded{0, 0}, kCalled, chat::Ended{}});
    REQUIRE(all.size() == 6);
    for (std::size_t i = 0; i < 5; ++i) {
        CHECK(all[i]["id"] == "chatcmpl-1");
        CHECK(all[i]["object"] == "chat.completion.chunk");
        CHECK(all[i]["created"] == 1);
        CHECK(all[i]["model"] == "m");
        CHECK_FALSE(all[i].contains("usage"));
    }
    CHECK(all[5] == "[DONE]");
}

TEST_CASE("the role comes first and once per choice, the finish reason is null until the end") {
    const auto all =
        choices({chat::Text{1, "a\nb"}, chat::Text{0, "c"}, chat::Text{1, "d"},
                 chat::Finished{1, chat::Finish::length}, chat::Finished{0, {}}, chat::Ended{}});
    REQUIRE(all.size() == 7);
    CHECK(all[0] == read(R"({"index":1,"delta":{"role":"assistant","content":""},
                             "finish_reason":null})"));
    CHECK(all[1] == read(R"({"index":1,"delta":{"content":"a\nb"},"finish_reason":null})"));
    CHECK(all[2]["delta"]["role"] == "assistant");
    CHECK(all[4] == read(R"({"index":1,"delta":{"content":"d"},"finish_reason":null})"));
    CHECK(all[5] == read(R"({"index":1,"delta":{},"finish_reason":"length"})"));
    CHECK(all[6]["finish_reason"] == "stop");
}

TEST_CASE("a choice that ends without a word has its role all the same") {
    const auto all = choices({chat::Finished{0, chat::Finish::content_filter}, chat::Ended{}});
    REQUIRE(all.size() == 2);
    CHECK(all[0]["delta"]["role"] == "assistant");
    CHECK(all[1]["finish_reason"] == "content_filter");
}

TEST_CASE("id, type and name of a call come once, with empty arguments (R-8, pitfall 23)") {
    const auto all = choices({kCall, chat::CallArguments{0, 0, R"({"a":)"},
                              chat::CallStarted{0, 1, "call_2", "patch", true},
                              chat::CallArguments{0, 1, "*** Begin"}});
    REQUIRE(all.size() == 5);
    CHECK(all[1]["delta"] == read(R"({"tool_calls":[{"index":0,"id":"call_1","type":"function",
                                      "function":{"name":"add","arguments":""}}]})"));
    CHECK(all[2]["delta"] ==
          read(R"({"tool_calls":[{"index":0,"function":{"arguments":"{\"a\":"}}]})"));
    CHECK(all[3]["delta"] == read(R"({"tool_calls":[{"index":1,"id":"call_2","type":"custom",
                                      "custom":{"name":"patch","input":""}}]})"));
    CHECK(all[4]["delta"] ==
          read(R"({"tool_calls":[{"index":1,"custom":{"input":"*** Begin"}}]})"));
}

TEST_CASE("who asked with functions gets function_call, the first call only (pitfall 64)") {
    auto legacy = style();
    legacy.legacy_functions = true;
    const auto all =
        choices({kCall, chat::CallArguments{0, 0, "{}"}, chat::CallEnded{0, 0},
                 chat::CallStarted{0, 1, "call_2", "more", false}, chat::CallArguments{0, 1, "{}"},
                 chat::CallEnded{0, 1}, kCalled, chat::Ended{}},
                legacy);
    REQUIRE(all.size() == 4);
    CHECK(all[1]["delta"] == read(R"({"function_call":{"name":"add","arguments":""}})"));
    CHECK(all[2]["delta"] == read(R"({"function_call":{"arguments":"{}"}})"));
    CHECK(all[3]["finish_reason"] == "function_call");
}

TEST_CASE("when usage was asked for, every chunk has the key and the last one the numbers") {
    auto asked = style();
    asked.usage_asked = true;
    const chat::Used used{{.prompt_tokens = 3, .completion_tokens = 2}};
    const auto all = chunks(
        {chat::Used{}, chat::Text{0, "x"}, chat::Finished{0, {}}, used, chat::Ended{}}, asked);
    REQUIRE(all.size() == 5);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(all[i].contains("usage"));
        CHECK(all[i]["usage"].is_null());
    }
    CHECK(all[3]["choices"] == json::Value::array());  // pitfall 28
    CHECK(all[3]["usage"]["total_tokens"] == 5);
    CHECK(all[4] == "[DONE]");
}

TEST_CASE("usage that nobody asked for, or nobody reported, is not told (R-9)") {
    CHECK(chunks({chat::Used{}, chat::Finished{0, {}}, chat::Ended{}}).size() == 3);
    auto asked = style();
    asked.usage_asked = true;
    CHECK(chunks({chat::Finished{0, {}}, chat::Ended{}}, asked).size() == 3);
}

TEST_CASE("text that spells [DONE] is text (R-6)") {
    const auto all = choices({chat::Text{0, "data: [DONE]\n\n"}});
    CHECK(all[1]["delta"]["content"] == "data: [DONE]\n\n");
}

TEST_CASE("a failure is an error object and nothing follows it (promise 1, pitfall 57)") {
    chat::Failed failed;
    failed.failure.error = {Kind::unavailable, "Overloaded", 503, {}};
    failed.failure.type = "service_unavailable_error";
    failed.failure.code = "overloaded";
    const auto all = chunks({chat::Text{0, "Par"}, failed});
    REQUIRE(all.size() == 3);
    CHECK(all[2] == read(R"({"error":{"message":"Overloaded","type":"service_unavailable_error",
                             "param":null,"code":"overloaded"}})"));
    failed.failure = {};
    failed.failure.error = {Kind::upstream, "cut", 0, {}};
    CHECK(chunks({failed})[0]["error"]["code"] == "upstream_error");
}

TEST_CASE("reasoning is shown or kept back, logprobs stand beside the delta") {
    const std::vector<chat::Event> events{chat::Reasoning{0, "Hm."}, chat::Text{0, "x"},
                                          chat::Also{0, "logprobs", "[1]"},
                                          chat::Also{0, "annotations", "[2]"}};
    auto all = choices(events);
    REQUIRE(all.size() == 5);
    CHECK(all[1]["delta"] == read(R"({"reasoning_content":"Hm."})"));
    CHECK(all[3] == read(R"({"index":0,"delta":{},"logprobs":{"content":[1],"refusal":null},
                             "finish_reason":null})"));
    CHECK(all[4]["delta"] == read(R"({"annotations":[2]})"));
    auto silent = style();
    silent.show_reasoning = false;
    CHECK(choices(events, silent).size() == 4);
}

TEST_CASE("streamed completions use their own shape, open with nothing, and may echo") {
    const std::vector<chat::Event> events{chat::Reasoning{0, "Hm."}, chat::Text{0, "x"},
                                          chat::Also{0, "logprobs", "[1]"}, chat::Finished{0, {}},
                                          chat::Ended{}};
    auto wanted = style(Shape::completion);
    CHECK(chunks(events, wanted)[0]["object"] == "text_completion");
    const auto plain = choices(events, wanted);
    REQUIRE(plain.size() == 2);
    CHECK(plain[0] == read(R"({"index":0,"text":"x","logprobs":null,"finish_reason":null})"));
    CHECK(plain[1] == read(R"({"index":0,"text":"","logprobs":null,"finish_reason":"stop"})"));
    wanted.echo = "Say: ";
    CHECK(choices(events, wanted)[0]["text"] == "Say: ");
    CHECK(choices(events, wanted).size() == 3);
}
