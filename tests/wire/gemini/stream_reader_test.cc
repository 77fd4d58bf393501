#include "wire/gemini/stream_reader.h"

#include "wire/gemini/answers.h"
#include "wire/gemini/error.h"

#include <random>

using namespace ogem;
using namespace ogem::test;

namespace {

// Two cuts at places that are the same in every run.
std::vector<Pieces> two_cuts(const std::string& text) {
    std::vector<Pieces> cuts;
    std::mt19937 random(7);
    for (int i = 0; i < 200 && text.size() > 2; ++i) {
        auto a = random() % text.size(), b = random() % text.size();
        if (a > b) std::swap(a, b);
        cuts.push_back({text.substr(0, a), text.substr(a, b - a), text.substr(b)});
    }
    return cuts;
}

std::string told(const Events& events) {
    std::string bytes;
    for (const auto& chunk : chunks_of(events, {}).objects) bytes += chunk.dump() + "\n";
    for (const auto& used : all_of<chat::Used>(events))
        bytes += std::to_string(used.usage.total()) + " ";
    for (const auto& kept : all_of<chat::Kept>(events)) bytes += kept.value + " ";
    return bytes;
}

// The events of `stream`, which must tell the same however it is cut.
Events read(const std::string& stream) {
    const auto whole = events_of({stream});
    auto cuts = every_cut(stream);
    for (auto& cut : two_cuts(stream)) cuts.push_back(std::move(cut));
    for (const auto& cut : cuts) CHECK(told(events_of(cut)) == told(whole));
    return whole;
}

std::string failure_message(const Events& events) {
    const auto* failure = failure_in(events);
    return failure ? failure->error.message : "none";
}

std::string call(const std::string& name) {
    return R"({"functionCall":{"name":")" + name + R"(","args":{}}})";
}

}  // namespace

TEST_CASE("streams of the fixtures become OpenAI's, however they are cut (gem2oai_stream)") {
    for (const auto& fixture : wire_fixtures("gem2oai_stream")) {
        CAPTURE(fixture["name"].get<std::string>());
        const auto& input = fixture["input"];
        const auto& expected = fixture["expected"];
        if (!input.contains("sse")) {
            const auto failure = wire::gemini::read_error(input["status"].get<int>(), {},
                                                          input["raw"].get<std::string>());
            CHECK(failure.error.upstream_status == expected["status"]);
            CHECK(
                same_json(json::Value::parse(wire::openai::error_body(failure)), expected["body"]));
            CHECK((failure.retry != chat::Retry::never) ==
                  expected["fallback_allowed"].get<bool>());
            continue;
        }
        const auto events = read(input["sse"].get<std::string>());
        const auto chunks = chunks_of(events, style_of(fixture["ctx"]));
        CAPTURE(json::Value(chunks.objects).dump());
        CHECK(same_json(json::Value(chunks.objects), expected["chunks"]));
        CHECK(chunks.done == expected["done"].get<bool>());
        if (!expected.contains("accounting")) continue;
        const auto usage = all_of<chat::Used>(events).back().usage;
        CHECK(usage.prompt_tokens == expected["accounting"]["prompt_tokens"]);
        CHECK(usage.completion_tokens == expected["accounting"]["completion_tokens"]);
    }
}

TEST_CASE("calls are counted over the whole stream, for each candidate (pitfall 22)") {
    const auto events = read(sse(response(call("a"))) + sse(response(call("b"), "", 1)) +
                             sse(response(call("c"), "STOP")) + sse(response("", "STOP", 1)));
    const auto calls = all_of<chat::CallStarted>(events);
    REQUIRE(calls.size() == 3);
    CHECK(calls[2].choice == 0);
    CHECK(calls[2].call == 1);
    CHECK(calls[1].call == 0);
}

TEST_CASE("a call behind its candidate's STOP still counts (pitfalls 24 and 78)") {
    const auto events = read(sse(response("", "STOP")) + sse(response(call("late"))));
    CHECK(all_of<chat::Finished>(events).at(0).reason == chat::Finish::tool_calls);
    CHECK(std::holds_alternative<chat::Ended>(events.back()));
}

TEST_CASE("a resume token alone is no end, CONTINUATION is a length (pitfall 74)") {
    const auto token =
        sse(R"({"candidates":[{"content":{"parts":[{"text":"x"}]},"continuationToken":"t"}]})");
    CHECK(failure_message(read(token)) == "upstream stream ended early");
    const auto events = read(token + sse(response("", "CONTINUATION")));
    CHECK(all_of<chat::Finished>(events).at(0).reason == chat::Finish::length);
}

TEST_CASE("a stream that stops before every candidate has finished is cut off (promise 1)") {
    const auto one =
        sse(response(R"({"text":"a"})", "STOP")) + sse(response(R"({"text":"b"})", "", 1));
    CHECK(failure_message(read(one)) == "upstream stream ended early");
    CHECK(failure_message(read("")) == "upstream stream ended early");
    CHECK(failure_message(read(": ping\n\n")) == "upstream stream ended early");
    CHECK(failure_message(read(sse(R"({"usageMetadata":{"promptTokenCount":1}})"))) ==
          "upstream stream ended early");
}

TEST_CASE("an error in the middle fails the stream with its words (pitfall 57)") {
    const std::string error =
        R"({"error":{"code":503,"message":"overloaded","status":"UNAVAILABLE"}})";
    for (const auto& form :
         {sse(error), error, "[" + error + "]", "\r\n" + error + "\r\n",
          std::string(
              "[{\n  \"error\": {\n \"code\": 503,\n\"message\": \"overloaded\"\n}}\n]\n")}) {
        CAPTURE(form);
        const auto first = read(form);
        CHECK(failure_message(first) == "overloaded");
        CHECK_FALSE(failure_in(first)->maybe_charged);
        const auto events = read(sse(response(R"({"text":"a"})")) + form);
        CHECK(failure_message(events) == "overloaded");
        CHECK(failure_in(events)->error.kind == Kind::unavailable);
        CHECK(failure_in(events)->maybe_charged);  // for what was said before
        CHECK(all_of<chat::Text>(events).size() == 1);
    }
}

TEST_CASE("the array that a stream is without alt=sse is read as well") {
    const auto events = read("[" + response(R"({"text":"a"})") + "\n,\r\n" +
                             response(R"({"text":"b"})", "STOP") + "]\n");
    CHECK(chat::fold(events).choices.at(0).text == "ab");
    CHECK(std::holds_alternative<chat::Ended>(events.back()));
    CHECK(failure_message(read("[" + response(R"({"text":"a"})", "STOP")))
              .starts_with("not valid JSON"));
}

TEST_CASE("a blocked prompt ends a stream like an answer") {
    const auto events =
        read(sse(R"({"promptFeedback":{"blockReason":"SAFETY"},"responseId":"r"})") +
             sse(R"({"usageMetadata":{"promptTokenCount":4}})"));
    CHECK(chat::fold(events).choices.at(0).refusal == "SAFETY");
    CHECK(std::holds_alternative<chat::Ended>(events.back()));
}

TEST_CASE("thoughts, logprobs and signatures pass through a stream") {
    const auto events = read(
        sse(response(R"({"text":"hm","thought":true})")) +
        sse(R"({"candidates":[{"content":{"parts":[{"text":"a"}]},"logprobsResult":{"chosenCandidates":[{"token":"a","logProbability":-1}]}}]})") +
        sse(R"({"candidates":[{"content":{"parts":[{"functionCall":{"name":"f"},"thoughtSignature":"cw=="}]},"finishReason":"STOP","logprobsResult":{"chosenCandidates":[{"token":"b","logProbability":-2}]}}]})"));
    const auto answer = chat::fold(events);
    CHECK(answer.choices[0].reasoning == "hm");
    CHECK(
        answer.choices[0].also.at(0).value ==
        R"([{"token":"a","logprob":-1,"bytes":[97],"top_logprobs":[]},{"token":"b","logprob":-2,"bytes":[98],"top_logprobs":[]}])");
    CHECK(all_of<chat::Kept>(events).at(0).value == "cw==");
}

TEST_CASE("half a surrogate pair becomes a replacement character, not an exception (pitfall 54)") {
    const auto events = read(sse(response(R"({"text":"a\ud83d"},{"text":"\ude00é👋"})", "STOP")));
    CHECK(chat::fold(events).choices[0].text ==
          "a\xef\xbf\xbd\xef\xbf\xbd"
          "é👋");
}

TEST_CASE("data that is no JSON object fails the stream, what was said before stays") {
    for (const auto* data : {"{\"candidates\":[{", "pong", "[]", "1", "{} {}", "<html>"}) {
        CAPTURE(data);
        const auto events = read(sse(response(R"({"text":"a"})")) + sse(data) +
                                 sse(response(R"({"text":"b"})", "STOP")));
        CHECK(failure_message(events).starts_with("upstream sent a broken answer: not valid JSON"));
        CHECK(all_of<chat::Text>(events).size() == 1);
    }
}

TEST_CASE(
    "of a chunk that breaks off nothing is told, so that another endpoint may answer (promise 2)") {
    const auto events =
        read("data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hel\"}]}},\r\n\r\n");
    CHECK(all_of<chat::Text>(events).empty());
    CHECK(failure_message(events).starts_with("upstream sent a broken answer"));
}

TEST_CASE("a stream of junk that never ends is not collected for ever") {
    wire::gemini::StreamReader reader({}, counted_ids());
    chat::Events out;
    const std::string junk(1u << 20, '{');
    for (int i = 0; i < 20; ++i) reader.feed(junk, out);
    CHECK(out.lifecycle().over());
}
