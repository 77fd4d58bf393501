#include "wire/gemini/answer_reader.h"

#include "wire/gemini/answers.h"

using namespace ogem;
using namespace ogem::test;

namespace {

chat::AnswerChoice choice_of(const std::string& body) {
    const auto answer = chat::fold(events_of_answer(body));
    REQUIRE(answer.choices.size() == 1);
    return answer.choices[0];
}

chat::Finish finish_of(const std::string& reason, const std::string& parts = R"({"text":"x"})") {
    return choice_of(response(parts, reason)).finish;
}

}  // namespace

TEST_CASE("answers of the fixtures become OpenAI's (gem2oai_resp)") {
    for (const auto& fixture : wire_fixtures("gem2oai_resp")) {
        CAPTURE(fixture["name"].get<std::string>());
        const auto& expected = fixture["expected"];
        const auto events = events_of_answer(fixture["input"]["body"].dump());
        if (const auto* failure = failure_in(events)) {
            CHECK(wire::openai::words_of(failure->error.kind).status == expected["status"]);
            CHECK(same_json(json::Value::parse(wire::openai::error_body(*failure)),
                            expected["body"]));
            CHECK((failure->retry == chat::Retry::once) ==
                  expected["fallback_allowed"].get<bool>());
            continue;
        }
        const auto body = wire::openai::write_answer(chat::fold(events), style_of(fixture["ctx"]));
        CAPTURE(body);
        CHECK(expected["status"] == 200);
        CHECK(same_json(json::Value::parse(body), expected["body"]));
    }
}

TEST_CASE("every finishReason is one of OpenAI's words (pitfalls 25 and 74)") {
    using chat::Finish;
    CHECK(finish_of("STOP") == Finish::stop);
    CHECK(finish_of("MAX_TOKENS") == Finish::length);
    CHECK(finish_of("CONTINUATION") == Finish::length);
    for (const auto* filtered :
         {"SAFETY", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "RECITATION", "LANGUAGE",
          "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION"})
        CHECK(finish_of(filtered) == Finish::content_filter);
    for (const auto* stop : {"OTHER", "NO_IMAGE", "IMAGE_OTHER", "FINISH_REASON_UNSPECIFIED", "NEW",
                             "MALFORMED_FUNCTION_CALL", "MALFORMED_RESPONSE",
                             "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS", ""})
        CHECK(finish_of(stop) == Finish::stop);
    CHECK(finish_of("STOP", R"({"functionCall":{"name":"f"}})") == Finish::tool_calls);
    CHECK(finish_of("MAX_TOKENS", R"({"functionCall":{"name":"f"}})") == Finish::length);
}

TEST_CASE("a garbled answer without a word is worth another try") {
    for (const auto* reason : {"MALFORMED_FUNCTION_CALL", "MALFORMED_RESPONSE",
                               "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS"}) {
        const auto events =
            events_of_answer(response(R"({"text":""},{"text":"hm","thought":true})", reason));
        const auto* failure = failure_in(events);
        REQUIRE(failure);
        CHECK(failure->error.message == std::string("upstream ended with ") + reason);
        CHECK(failure->retry == chat::Retry::once);
        CHECK(failure->maybe_charged);
    }
}

TEST_CASE("text and calls are both kept, in Gemini's or a new id (pitfalls 3, 13, 19, O-34)") {
    const auto choice = choice_of(response(
        R"({"text":" Hi\n"},{"functionCall":{"name":"f","args":{ "b" : [1, 2], "a":"x y" },"id":"n1"}},)"
        R"({"functionCall":{"name":"g"}},{"functionCall":{"args":{}}},{"executableCode":{}})",
        "STOP"));
    CHECK(choice.text == " Hi\n");
    REQUIRE(choice.calls.size() == 2);
    CHECK(choice.calls[0].id == "n1");
    CHECK(choice.calls[0].arguments == R"({"b":[1,2],"a":"x y"})");
    CHECK(choice.calls[1].id == "call_gen0");
    CHECK(choice.calls[1].arguments == "{}");
    CHECK(choice.finish == chat::Finish::tool_calls);
}

TEST_CASE("signatures of calls are kept for the next turn (pitfall 14)") {
    const auto kept = all_of<chat::Kept>(events_of_answer(response(
        R"({"functionCall":{"name":"f"},"thoughtSignature":"c2ln"},{"functionCall":{"name":"g"}},)"
        R"({"text":"x","thoughtSignature":"b3RoZXI="})",
        "STOP")));
    REQUIRE(kept.size() == 1);
    CHECK(kept[0].call == 0);
    CHECK(kept[0].kind == chat::Kept::Kind::signature);
    CHECK(kept[0].value == "c2ln");
}

TEST_CASE("custom tools get their text back") {
    const chat::AnswerState state{"", {"p"}};
    const auto events = events_of_answer(
        response(R"({"functionCall":{"name":"p","args":{"input":"{x\n"}}})", "STOP"), state);
    CHECK(all_of<chat::CallStarted>(events).at(0).custom);
    CHECK(chat::fold(events).choices[0].calls[0].arguments == "{x\n");
}

TEST_CASE("files that the model makes are images of the message") {
    const auto choice = choice_of(response(
        R"({"inlineData":{"mimeType":"image/png","data":"aGk="}},{"inlineData":{"data":""}},)"
        R"({"inlineData":{"mimeType":"audio/wav","data":"aGk="}})",
        "STOP"));
    REQUIRE(choice.also.size() == 1);
    CHECK(choice.also[0].name == "images");
    CHECK(choice.also[0].value ==
          R"([{"type":"image_url","image_url":{"url":"data:image/png;base64,aGk="}},)"
          R"({"type":"image_url","image_url":{"url":"data:audio/wav;base64,aGk="}}])");
}

TEST_CASE(
    "a blocked prompt is a refusal with the reason, or the words if there are some (pitfall 48)") {
    const auto choice =
        choice_of(R"({"promptFeedback":{"blockReason":"OTHER","blockReasonMessage":"Not this."}})");
    CHECK(choice.refusal == "Not this.");
    CHECK(choice.finish == chat::Finish::content_filter);
}

TEST_CASE("usage adds thoughts, and tells only what was reported (pitfall 32)") {
    const auto usage = [](const std::string& members) {
        return chat::fold(
                   events_of_answer(R"({"candidates":[{"finishReason":"STOP"}],"usageMetadata":{)" +
                                    members + "}}"))
            .usage;
    };
    CHECK(
        usage(
            R"("promptTokenCount":8,"toolUsePromptTokenCount":2,"candidatesTokenCount":3,"thoughtsTokenCount":4)") ==
        chat::Usage{10, 7, {}, {}, 4});
    CHECK(usage(R"("promptTokenCount":8)") == chat::Usage{8, 0});
    CHECK(
        usage(R"("promptTokenCount":-1,"candidatesTokenCount":"x","cachedContentTokenCount":2)") ==
        chat::Usage{0, 0, 2});
    CHECK_FALSE(usage(R"("trafficType":"ON_DEMAND")"));
}

TEST_CASE("a candidate without an index has its place as one") {
    const auto answer = chat::fold(events_of_answer(
        R"({"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"STOP"},
        {"content":{"parts":[{"text":"b"}]},"finishReason":"STOP"},{"index":-1},{"index":4000000000},7]})"));
    REQUIRE(answer.choices.size() == 2);
    CHECK(answer.choices[0].text == "a");
    CHECK(answer.choices[1].text == "b");
}

TEST_CASE("a 200 that is no answer fails in plain words") {
    const auto message = [](const std::string& body) {
        const auto events = events_of_answer(body);
        const auto* failure = failure_in(events);
        return failure ? failure->error.message : "none";
    };
    CHECK(message("<title>Oops</title>") ==
          "upstream answered 200 with a web page titled \"Oops\"");
    CHECK(message("") == "upstream answered 200 with an empty body");
    CHECK(message("{}") == "upstream answered without a candidate");
    CHECK(message(R"({"candidates":[]})") == "upstream answered without a candidate");
    CHECK(message(R"({"candidates":[{"content":{"parts":[{"text":"x"}]}}]}x)")
              .starts_with("upstream sent a broken answer: not valid JSON"));
    CHECK(message(R"({"error":{"code":429,"message":"slow","status":"RESOURCE_EXHAUSTED"}})") ==
          "slow");
}
