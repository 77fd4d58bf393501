#include "wire/openai/writer.h"

#include "json/value.h"
#include "wire/base64.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::wire::openai;

namespace {

const AnswerHead kHead{.id = "chatcmpl-1", .created = 1'700'000'000, .model = "mock/echo"};
const chat::Usage kUsage{.prompt_tokens = 3, .completion_tokens = 2};

json::Value read(std::string_view text) {
    auto value = json::parse(text);
    REQUIRE_MESSAGE(value, text);
    return *value;
}

}  // namespace

TEST_CASE("a chat completion has every key that OpenAI's specification requires") {
    const Choice hello{
        .index = 0, .text = "a \"quoted\" word", .calls = {}, .finish_reason = "stop"};
    const auto answer = read(chat_completion(kHead, {hello}, kUsage));
    CHECK(answer == read(R"({"id":"chatcmpl-1","object":"chat.completion","created":1700000000,
        "model":"mock/echo","choices":[{"index":0,"message":{"role":"assistant",
        "content":"a \"quoted\" word","refusal":null},"logprobs":null,"finish_reason":"stop"}],
        "usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}})"));
}

TEST_CASE("an answer of tool calls has null content; text beside calls is kept") {
    const ToolCall call{.id = "call_1", .name = "add", .arguments = R"({"a":1})"};
    const Choice only{.index = 0, .text = "", .calls = {call}, .finish_reason = "tool_calls"};
    const Choice both{.index = 1, .text = "wait", .calls = {call}, .finish_reason = "tool_calls"};
    const auto choices = read(chat_completion(kHead, {only, both}, kUsage))["choices"];
    CHECK(choices[0]["message"]["content"].is_null());
    CHECK(choices[0]["message"]["tool_calls"] == read(R"([{"id":"call_1","type":"function",
                    "function":{"name":"add","arguments":"{\"a\":1}"}}])"));
    CHECK(choices[1]["message"]["content"] == "wait");
}

TEST_CASE("reasoning tokens are told apart where there are any") {
    const chat::Usage usage{
        .prompt_tokens = 1, .completion_tokens = 9, .cached_tokens = 1, .reasoning_tokens = 7};
    const auto told = read(chat_completion(kHead, {}, usage))["usage"];
    CHECK(told["prompt_tokens_details"]["cached_tokens"] == 1);
    CHECK(told["completion_tokens_details"]["reasoning_tokens"] == 7);
    CHECK(told["total_tokens"] == 10);
}

TEST_CASE("a text completion has its own object and keys") {
    const Choice choice{.index = 2, .text = "once", .calls = {}, .finish_reason = "length"};
    const auto answer = read(text_completion(kHead, {choice}, kUsage));
    CHECK(answer["object"] == "text_completion");
    CHECK(answer["choices"] == read(R"([{"text":"once","index":2,"logprobs":null,
                                         "finish_reason":"length"}])"));
}

TEST_CASE("embeddings come as numbers, or as the bytes that official SDKs ask for") {
    const std::vector<std::vector<float>> vectors{{0.1f, -0.5f}, {1.0f, 0.0f}};
    const auto numbers = read(embedding_list("mock/echo", vectors, Encoding::floats, 4));
    CHECK(numbers["object"] == "list");
    CHECK(numbers["data"][1] == read(R"({"object":"embedding","index":1,"embedding":[1,0]})"));
    CHECK(numbers["data"][0]["embedding"].dump() == "[0.1,-0.5]");
    CHECK(numbers["usage"] == read(R"({"prompt_tokens":4,"total_tokens":4})"));

    const auto bytes = read(embedding_list("mock/echo", vectors, Encoding::base64, 4));
    CHECK(bytes["data"][1]["embedding"] == "AACAPwAAAAA=");
}

TEST_CASE("base64 pads what three bytes do not fill (RFC 4648 section 10)") {
    CHECK(wire::base64("") == "");
    CHECK(wire::base64("f") == "Zg==");
    CHECK(wire::base64("fo") == "Zm8=");
    CHECK(wire::base64("foo") == "Zm9v");
    CHECK(wire::base64("foob") == "Zm9vYg==");
    CHECK(wire::base64("fooba") == "Zm9vYmE=");
    CHECK(wire::base64("foobar") == "Zm9vYmFy");
    CHECK(wire::base64("\xfb\xff\xfe") == "+//+");
}

TEST_CASE("an error says all four keys, an absent code as null") {
    CHECK(read(error_answer("no", "server_error", "")) ==
          read(R"({"error":{"message":"no","type":"server_error","param":null,"code":null}})"));
    CHECK(read(error_answer("no", "rate_limit_error", "rate_limit_exceeded"))["error"]["code"] ==
          "rate_limit_exceeded");
}
