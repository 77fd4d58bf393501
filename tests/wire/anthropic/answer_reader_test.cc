#include "wire/anthropic/answer_reader.h"

#include "chat/copies.h"
#include "wire/anthropic/answers.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::test;
using json::Value;

namespace {

std::string message(const std::string& content,
                    const std::string& more = R"("stop_reason":"end_turn")") {
    return R"({"id":"msg_1","type":"message","content":[)" + content + "]," + more + "}";
}

chat::AnswerChoice choice(const std::string& body, const chat::AnswerState& state = {}) {
    const auto events = read_whole(body, state);
    const auto failure = failure_in(events);
    CAPTURE((failure ? failure->error.message : ""));
    REQUIRE_FALSE(failure);
    return chat::fold(events).choices.at(0);
}

std::vector<chat::Json> kept(const Told& events) {
    std::vector<chat::Json> blocks;
    for (const auto& event : events)
        if (const auto* each = std::get_if<chat::Kept>(&event)) blocks.push_back(each->value);
    return blocks;
}

}  // namespace

TEST_CASE("answers of Claude reach clients of OpenAI's dialect as the fixtures show") {
    for (const auto& fixture : wire_fixtures("ant2oai_resp")) {
        CAPTURE(fixture["name"].get<std::string>());
        const auto& input = fixture["input"];
        const auto state = state_of(fixture["ctx"].value("state", Value::object()));
        const auto answers =
            input.contains("responses") ? input["responses"] : Value::array({input});
        chat::Copies copies(static_cast<int>(answers.size()));
        chat::Events out;
        for (std::size_t i = 0; i < answers.size(); ++i)
            for (const auto& event : read_whole(answers[i]["body"].dump(), state))
                copies.take(static_cast<int>(i), event, out);
        const auto answer = openai_answer(out.take(), style_of(fixture["ctx"]));
        CAPTURE(answer.dump());
        auto expected = fixture["expected"];
        expected.erase("stored");
        CHECK(same_json(answer, expected));
    }
}

TEST_CASE("every reason to stop has one of OpenAI's (pitfall 25)") {
    const auto finish = [](const std::string& reason, const std::string& content) {
        return choice(message(content, "\"stop_reason\":\"" + reason + "\"")).finish;
    };
    const std::string text = R"({"type":"text","text":"a"})";
    const std::string call = R"({"type":"tool_use","id":"t","name":"f","input":{}})";
    CHECK(finish("end_turn", text) == chat::Finish::stop);
    CHECK(finish("stop_sequence", "") == chat::Finish::stop);
    CHECK(finish("pause_turn", text) == chat::Finish::stop);
    CHECK(finish("of_tomorrow", text) == chat::Finish::stop);
    CHECK(finish("max_tokens", call) == chat::Finish::length);
    CHECK(finish("model_context_window_exceeded", text) == chat::Finish::length);
    CHECK(finish("tool_use", call) == chat::Finish::tool_calls);
    CHECK(finish("refusal", text) == chat::Finish::content_filter);
    CHECK(choice(message(text, R"("stop_reason":null)")).finish == chat::Finish::stop);
    const auto nothing = failure_in(read_whole(message("", R"("stop_reason":null)")));
    REQUIRE(nothing);
    CHECK(nothing->error.kind == Kind::upstream);
}

TEST_CASE("arguments are compact JSON in the order of the provider (pitfall 19)") {
    const auto calls = choice(message(R"({"type":"text","text":"x"},
        {"type":"tool_use","id":"t1","name":"f","input":{"b" : [1.0, 2], "a": "c d"}},
        {"type":"tool_use","id":"t2","name":"g","input":{}},{"type":"tool_use","name":"h"})"))
                           .calls;
    REQUIRE(calls.size() == 3);
    CHECK(calls[0].arguments == R"({"b":[1.0,2],"a":"c d"})");
    CHECK(calls[1].arguments == "{}");
    CHECK(calls[2].arguments == "{}");
    CHECK(calls[2].id == "call_more0");
}

TEST_CASE("thinking is shown and kept byte by byte, redacted thinking only kept (pitfall 16)") {
    const std::string thinking =
        R"({"type":"thinking", "signature":"c2ln==","thinking":"h\u00e4\n"})";
    const std::string redacted = R"({"type":"redacted_thinking","data":"abc"})";
    const auto events = read_whole(message(thinking + "," + redacted));
    CHECK(kept(events) == std::vector<chat::Json>{thinking, redacted});
    CHECK(chat::fold(events).choices.at(0).reasoning == "h\u00e4\n");
}

TEST_CASE("what servers of Anthropic did is no call of the client's") {
    const auto told =
        choice(message(R"({"type":"server_tool_use","id":"s","name":"web_search","input":{}},
        {"type":"web_search_tool_result","tool_use_id":"s","content":[{"type":"text","text":"no"}]},
        {"type":"text","text":"\u00e4b","citations":[{"type":"web_search_result_location","url":"https://x","title":"X"},
        {"type":"char_location","document_index":0}]},{"type":"block_of_tomorrow","text":"no"})"));
    CHECK(told.calls.empty());
    CHECK(told.text == "\u00e4b");
    REQUIRE(told.also.size() == 1);
    CHECK(told.also[0].name == "annotations");
    CHECK(
        told.also[0].value ==
        R"([{"type":"url_citation","url_citation":{"start_index":0,"end_index":2,"url":"https://x","title":"X"}}])");
}

TEST_CASE(
    "the call that stood in for a schema is the text, and the answer just stops (pitfall 44)") {
    chat::AnswerState state;
    state.unwrap_tool = "item";
    const auto told =
        choice(message(R"({"type":"tool_use","id":"t","name":"item","input":{"a": 1}})",
                       R"("stop_reason":"tool_use")"),
               state);
    CHECK(told.text == R"({"a":1})");
    CHECK(told.calls.empty());
    CHECK(told.finish == chat::Finish::stop);
}

TEST_CASE("a custom tool is called with its free text again") {
    chat::AnswerState state;
    state.custom_tools = {"patch"};
    const auto told = choice(
        message(R"({"type":"tool_use","id":"t","name":"patch","input":{"input":"a\n\"b\""}})"),
        state);
    REQUIRE(told.calls.size() == 1);
    CHECK(told.calls[0].custom);
    CHECK(told.calls[0].arguments == "a\n\"b\"");
}

TEST_CASE("what is no answer fails, and says what it looked like (pitfall 59)") {
    const auto said = [](const std::string& body) {
        const auto failure = failure_in(read_whole(body));
        return failure ? failure->error.message : "no failure";
    };
    CHECK(said("") == "the provider answered 200 with an empty body");
    CHECK(said("<html><title>Hm</title></html>").find("web page titled") != std::string::npos);
    CHECK(said("{\"id\":1").find("no message") != std::string::npos);
    CHECK(said("{}").find("no message") != std::string::npos);
    CHECK(said(R"({"type":"error","error":{"type":"overloaded_error","message":"Busy"}})") ==
          "Busy");
}
