#include "wire/anthropic/client/message_writer.h"

#include "wire/anthropic/answers.h"
#include "wire/anthropic/client/message_error.h"
#include "wire/openai/chat_reader.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::test;
using json::Value;

namespace {

wire::anthropic::MessageStyle style_for(const Value& ctx) {
    return {ctx.value("response_model", "m"),
            scripted_ids(ctx.value("id_sequence", Value::array()))("msg_")};
}

Value written(const chat::Answer& answer) {
    return Value::parse(wire::anthropic::write_message(answer, {"m", "msg_1"}));
}

chat::Answer with(chat::AnswerChoice choice) {
    choice.seen = true;
    chat::Answer answer;
    answer.choices.push_back(std::move(choice));
    return answer;
}

}  // namespace

TEST_CASE("answers of OpenAI's dialect become messages as the fixtures show") {
    for (const auto& fixture : wire_fixtures("antout_resp")) {
        CAPTURE(fixture["name"].get<std::string>());
        chat::Events events;
        wire::openai::read_chat_answer(fixture["input"].dump(), numbered_ids(), events);
        const auto message = Value::parse(
            wire::anthropic::write_message(chat::fold(events.all()), style_for(fixture["ctx"])));
        CAPTURE(message.dump());
        CHECK(same_json(message, fixture["expected"]));
    }
}

TEST_CASE("a call's input is an object, whatever the model wrote (pitfalls 19, 20)") {
    chat::AnswerChoice choice;
    choice.finish = chat::Finish::tool_calls;
    choice.calls = {{"a", "f", "", false, ""},
                    {"b", "f", "{\"x\":", false, ""},
                    {"c", "f", "[1]", false, ""},
                    {"d", "p", "free", true, ""}};
    const auto message = written(with(choice));
    CHECK(message["content"][0]["input"].dump() == "{}");
    CHECK(message["content"][1]["input"].dump() == R"({"_raw":"{\"x\":"})");
    CHECK(message["content"][2]["input"].dump() == R"({"value":[1]})");
    CHECK(message["content"][3]["input"].dump() == R"({"input":"free"})");
    CHECK(message["stop_reason"] == "tool_use");
}

TEST_CASE("a refusal is one, even of a provider that finished as usual") {
    chat::AnswerChoice choice;
    choice.refusal = "No.";
    const auto message = written(with(choice));
    CHECK(message["stop_reason"] == "refusal");
    CHECK(message["stop_details"]["explanation"] == "No.");
    chat::AnswerChoice filtered;
    filtered.finish = chat::Finish::content_filter;
    CHECK(written(with(filtered))["stop_details"]["explanation"].is_null());
    chat::AnswerChoice cut;
    cut.finish = chat::Finish::length;
    CHECK(written(with(cut))["stop_reason"] == "max_tokens");
    CHECK_FALSE(written(with(cut)).contains("stop_details"));
}

TEST_CASE("a message that Claude called by a name keeps it, and cached tokens are not below zero") {
    chat::Answer answer = with({});
    answer.id = "msg_from_claude";
    answer.usage = chat::Usage{5, 2, 9, {}, {}};
    const auto message = written(answer);
    CHECK(message["id"] == "msg_from_claude");
    CHECK(message["usage"]["input_tokens"] == 0);
    CHECK(written(chat::Answer())["content"].dump() == "[]");
}

TEST_CASE("a message that was written reads as the same answer") {
    chat::AnswerChoice choice;
    choice.text = "h\u00e4 \"x\"";
    choice.calls = {{"a", "f", "{\"k\":1}", false, ""}};
    choice.finish = chat::Finish::tool_calls;
    auto answer = with(choice);
    answer.usage = chat::Usage{50, 9, 30, 0, {}};
    const auto again =
        chat::fold(read_whole(wire::anthropic::write_message(answer, {"m", "msg_1"})));
    CHECK(again.choices.at(0).text == choice.text);
    CHECK(again.choices.at(0).calls == choice.calls);
    CHECK(again.choices.at(0).finish == choice.finish);
    CHECK(again.usage == answer.usage);
}

TEST_CASE("failures have Anthropic's status and type") {
    using namespace wire::anthropic;
    CHECK(status_of(503) == 529);
    CHECK(status_of(502) == 502);
    const std::pair<int, const char*> kTypes[] = {{400, "invalid_request_error"},
                                                  {401, "authentication_error"},
                                                  {402, "billing_error"},
                                                  {403, "permission_error"},
                                                  {404, "not_found_error"},
                                                  {413, "request_too_large"},
                                                  {429, "rate_limit_error"},
                                                  {503, "overloaded_error"},
                                                  {529, "overloaded_error"},
                                                  {504, "timeout_error"},
                                                  {500, "api_error"},
                                                  {502, "api_error"},
                                                  {422, "invalid_request_error"}};
    for (const auto& [status, type] : kTypes) CHECK(error_type_of(status) == type);
    CHECK(
        error_body(429, "slow \"down\"", "req_1") ==
        R"({"type":"error","error":{"type":"rate_limit_error","message":"slow \"down\""},"request_id":"req_1"})");
}
