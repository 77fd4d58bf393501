#include "wire/gemini/inbound/answer_writer.h"

#include "wire/gemini/answers.h"
#include "wire/gemini/inbound/stream_writer.h"

#include <random>

using namespace ogem;
using namespace ogem::test;
using wire::gemini::AnswerStreamWriter;
using Form = AnswerStreamWriter::Form;

namespace {

wire::gemini::AnswerStyle style(bool thoughts = true) {
    return {"models/m", "none", thoughts};
}

std::string streamed(const Events& events, Form form, bool thoughts = true) {
    AnswerStreamWriter writer(style(thoughts), form);
    std::string out;
    for (const auto& event : events) writer.write(event, out);
    return out;
}

std::string whole(const Events& events, bool thoughts = true) {
    return wire::gemini::write_answer(chat::fold(events), style(thoughts));
}

// All that a client reads in an answer.
std::string summary(const Events& events) {
    const auto answer = chat::fold(events);
    auto text = wire::openai::write_answer(answer, style_of(json::Value::object()));
    if (const auto* failure = failure_in(events))
        text += failure->error.message + std::to_string(failure->error.upstream_status);
    return text;
}

// An answer as some provider might tell it, the same for the same seed.
Events some_events(unsigned seed) {
    std::mt19937 random(seed);
    const auto any = [&](unsigned n) { return static_cast<int>(random() % n); };
    chat::Events out;
    out.start("r" + std::to_string(seed), 0);
    const int choices = 1 + any(2);
    for (int step = any(12); step >= 0; --step) {
        const int choice = any(static_cast<unsigned>(choices));
        switch (any(6)) {
            case 0:
                out.reasoning(choice, "hm \"\xc3\xa9\"");
                break;
            case 1: {
                const auto id = "c" + std::to_string(step);
                const int call = out.start_call(choice, id, "f" + std::to_string(any(3)));
                out.call_arguments(choice, call, "{\"a\":");
                out.call_arguments(choice, call, std::to_string(step) + "}");
                out.end_call(choice, call);
                break;
            }
            case 2:
                out.also(
                    choice, "images",
                    R"([{"type":"image_url","image_url":{"url":"data:image/png;base64,aGk="}}])");
                break;
            case 3:
                out.also(choice, "logprobs",
                         R"([{"token":"a","logprob":-1.5,"bytes":[97],"top_logprobs":[]}])");
                break;
            case 4:
                out.used({10 + step, 5, 2, {}, 3});
                break;
            default:
                out.text(choice, "line\r\n" + std::to_string(step));
        }
    }
    for (int choice = 0; choice < choices; ++choice) {
        const bool calls = out.lifecycle().calls(choice) > 0;
        constexpr chat::Finish kOther[] = {chat::Finish::length, chat::Finish::content_filter};
        const auto plain = calls ? chat::Finish::tool_calls : chat::Finish::stop;
        out.finish(choice, any(3) == 0 ? kOther[any(2)] : plain);
    }
    if (any(2)) out.used({20, 9, {}, {}, {}});
    out.end();
    return out.take();
}

}  // namespace

TEST_CASE("what is written for Gemini's clients is read back as the same answer") {
    for (unsigned seed = 0; seed < 300; ++seed) {
        CAPTURE(seed);
        const auto events = some_events(seed);
        const auto wanted = summary(events);
        CHECK(summary(events_of_answer(whole(events))) == wanted);
        CHECK(summary(events_of({streamed(events, Form::sse)})) == wanted);
        CHECK(summary(events_of({streamed(events, Form::array)})) == wanted);
        CHECK(json::parse(streamed(events, Form::array)).has_value());
    }
}

TEST_CASE("a whole answer has Gemini's shape") {
    chat::Events out;
    out.start("r1", 0);
    out.reasoning(0, "hm");
    out.text(0, "Hi");
    const int call = out.start_call(0, "c1", "f");
    out.call_arguments(0, call, R"({"a":1})");
    out.finish(0, chat::Finish::tool_calls);
    out.used({8, 23, 2, {}, 20});
    out.end();
    CHECK(whole(out.all()) ==
          R"({"candidates":[{"content":{"parts":[{"text":"hm","thought":true},{"text":"Hi"},)"
          R"({"functionCall":{"id":"c1","name":"f","args":{"a":1}}}],"role":"model"},)"
          R"("finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":8,)"
          R"("candidatesTokenCount":3,"totalTokenCount":31,"cachedContentTokenCount":2,)"
          R"("thoughtsTokenCount":20},"modelVersion":"models/m","responseId":"r1"})");
    CHECK(whole(out.all(), false).find("hm") == std::string::npos);
    CHECK(streamed(out.all(), Form::sse, false).find("hm") == std::string::npos);
}

TEST_CASE("a stream tells its end once and last") {
    chat::Events out;
    out.start("", 0);
    out.text(0, "Hi");
    out.finish(0, chat::Finish::length);
    out.used({1, 2});
    out.end();
    CHECK(streamed(out.all(), Form::sse) ==
          "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hi\"}],\"role\":\"model\"},"
          "\"index\":0}],\"modelVersion\":\"models/m\",\"responseId\":\"none\"}\r\n\r\n"
          "data: {\"candidates\":[{\"content\":{\"parts\":[],\"role\":\"model\"},\"finishReason\":"
          "\"MAX_TOKENS\",\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":1,"
          "\"candidatesTokenCount\":2,\"totalTokenCount\":3},\"modelVersion\":\"models/m\","
          "\"responseId\":\"none\"}\r\n\r\n");
}

TEST_CASE("a refusal of a filter alone is a blocked prompt, any other is text") {
    const auto refused = [](chat::Finish finish, const std::string& text) {
        chat::Events out;
        out.start("r", 0);
        out.text(0, text);
        out.refusal(0, "No");
        out.refusal(0, ".");
        out.finish(0, finish);
        out.end();
        return out.take();
    };
    const auto blocked = refused(chat::Finish::content_filter, "");
    for (const auto& got :
         {events_of_answer(whole(blocked)), events_of({streamed(blocked, Form::sse)})}) {
        CHECK(chat::fold(got).choices.at(0).refusal == "No.");
        CHECK(chat::fold(got).choices.at(0).finish == chat::Finish::content_filter);
    }
    for (const auto& events :
         {refused(chat::Finish::stop, ""), refused(chat::Finish::content_filter, "Well. ")})
        for (const auto& got :
             {events_of_answer(whole(events)), events_of({streamed(events, Form::array)})})
            CHECK(chat::fold(got).choices.at(0).text.ends_with("No."));
}

TEST_CASE("a failure is told in-band and nothing looks like an end (promise 1)") {
    for (const auto form : {Form::sse, Form::array})
        for (const bool first : {true, false}) {
            chat::Events out;
            out.start("r", 0);
            if (!first) out.text(0, "Hal");
            if (!first) out.finish(0, chat::Finish::stop);
            chat::Failure failure;
            failure.error = {Kind::upstream, "it broke", 0, {}};
            out.fail(failure);
            const auto bytes = streamed(out.all(), form);
            CHECK(bytes.find("finishReason") == std::string::npos);
            const auto got = events_of({bytes});
            REQUIRE(failure_in(got));
            CHECK(failure_in(got)->error.message == "it broke");
            CHECK(failure_in(got)->error.upstream_status == 502);
        }
}

TEST_CASE("arguments that are no object become one, as in requests") {
    chat::Events out;
    out.start("r", 0);
    const int call = out.start_call(0, "c", "f");
    out.call_arguments(0, call, "{\"a\"");
    out.finish(0, chat::Finish::tool_calls);
    out.end();
    CHECK(chat::fold(events_of({streamed(out.all(), Form::sse)})).choices[0].calls[0].arguments ==
          R"({"_raw":"{\"a\""})");
}
