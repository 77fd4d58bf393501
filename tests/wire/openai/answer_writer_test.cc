#include "wire/openai/answer_writer.h"

#include "support/fixture.h"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace ogem;
using namespace ogem::wire::openai;

namespace {

AnswerStyle style() {
    AnswerStyle style;
    style.model = "mock/echo";
    style.id = "chatcmpl-ours";
    style.created = 1'700'000'000;
    return style;
}

json::Value read(std::string_view text) {
    auto value = json::parse(text);
    if (!value) throw std::runtime_error(std::string(text));
    return *value;
}

chat::AnswerChoice saying(std::string text) {
    chat::AnswerChoice choice;
    choice.seen = true;
    choice.text = std::move(text);
    return choice;
}

chat::AnswerChoice calling(std::string id, bool custom = false) {
    auto choice = saying("");
    choice.calls.push_back({std::move(id), "add", R"({"a":1})", custom, ""});
    choice.finish = chat::Finish::tool_calls;
    return choice;
}

chat::Answer answer_of(std::vector<chat::AnswerChoice> choices) {
    chat::Answer answer;
    answer.choices = std::move(choices);
    return answer;
}

json::Value written(const chat::Answer& answer, const AnswerStyle& wanted = style()) {
    return read(write_answer(answer, wanted));
}

}  // namespace

TEST_CASE("a chat completion has every key that OpenAI's specification requires") {
    auto answer = answer_of({saying("a \"quoted\" word")});
    answer.usage = chat::Usage{.prompt_tokens = 3, .completion_tokens = 2};
    CHECK(test::same_json(written(answer), read(R"({"id":"chatcmpl-ours","object":"chat.completion",
        "created":1700000000,"model":"mock/echo","choices":[{"index":0,"message":{
        "role":"assistant","content":"a \"quoted\" word","refusal":null},"logprobs":null,
        "finish_reason":"stop"}],
        "usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}})")));
}

TEST_CASE("a provider's id and time stand before ours") {
    auto answer = answer_of({saying("x")});
    answer.id = "msg_01";
    answer.created = 7;
    CHECK(written(answer)["id"] == "msg_01");
    CHECK(written(answer)["created"] == 7);
}

TEST_CASE("an answer of tool calls has null content; text beside calls is kept (O-34)") {
    auto both = calling("call_2", true);
    both.text = "wait";
    const auto choices = written(answer_of({calling("call_1"), both}))["choices"];
    CHECK(choices[0]["message"]["content"].is_null());
    CHECK(choices[0]["finish_reason"] == "tool_calls");
    CHECK(choices[0]["message"]["tool_calls"] == read(R"([{"id":"call_1","type":"function",
                    "function":{"name":"add","arguments":"{\"a\":1}"}}])"));
    CHECK(choices[1]["message"]["content"] == "wait");
    CHECK(choices[1]["message"]["tool_calls"] == read(R"([{"id":"call_2","type":"custom",
                    "custom":{"name":"add","input":"{\"a\":1}"}}])"));
}

TEST_CASE("who asked with functions gets the first call as function_call (pitfall 64)") {
    auto legacy = style();
    legacy.legacy_functions = true;
    auto two = calling("call_1");
    two.calls.push_back({"call_2", "second", "{}", false, ""});
    const auto choice = written(answer_of({two}), legacy)["choices"][0];
    CHECK(choice["finish_reason"] == "function_call");
    CHECK_FALSE(choice["message"].contains("tool_calls"));
    CHECK(choice["message"]["function_call"] == read(R"({"name":"add","arguments":"{\"a\":1}"})"));
}

TEST_CASE("usage and its parts are told only where they were reported (R-9)") {
    auto answer = answer_of({saying("x")});
    CHECK_FALSE(written(answer).contains("usage"));
    answer.usage = chat::Usage{
        .prompt_tokens = 1, .completion_tokens = 9, .cached_tokens = 0, .reasoning_tokens = 7};
    const auto told = written(answer)["usage"];
    CHECK(told["prompt_tokens_details"] == read(R"({"cached_tokens":0})"));
    CHECK(told["completion_tokens_details"]["reasoning_tokens"] == 7);
    CHECK(told["total_tokens"] == 10);
}

TEST_CASE("refusals, reasoning, annotations and logprobs have their places") {
    auto choice = saying("x");
    choice.refusal = "No.";
    choice.reasoning = "Hm.";
    choice.also = {{"annotations", R"([{"type":"url_citation"}])"}, {"logprobs", "[1]"}};
    const auto written_choice = written(answer_of({choice}))["choices"][0];
    CHECK(written_choice["message"]["refusal"] == "No.");
    CHECK(written_choice["message"]["reasoning_content"] == "Hm.");
    CHECK(written_choice["message"]["annotations"].size() == 1);
    CHECK(written_choice["logprobs"] == read(R"({"content":[1],"refusal":null})"));
    auto silent = style();
    silent.show_reasoning = false;
    CHECK_FALSE(written(answer_of({choice}), silent)["choices"][0]["message"].contains(
        "reasoning_content"));
}

TEST_CASE("a choice that nobody spoke of is left out and its number with it") {
    const auto choices = written(answer_of({{}, saying("b")}))["choices"];
    REQUIRE(choices.size() == 1);
    CHECK(choices[0]["index"] == 1);
}

TEST_CASE("a text completion has its own object and keys, and may echo its prompt") {
    auto completion = style();
    completion.shape = Shape::completion;
    auto once = saying("once");
    once.finish = chat::Finish::length;
    const auto answer = written(answer_of({once}), completion);
    CHECK(answer["object"] == "text_completion");
    CHECK(test::same_json(answer["choices"], read(R"([{"text":"once","index":0,"logprobs":null,
                                         "finish_reason":"length"}])")));
    completion.echo = "Say: ";
    CHECK(written(answer_of({once}), completion)["choices"][0]["text"] == "Say: once");
}
