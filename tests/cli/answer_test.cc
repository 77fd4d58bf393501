#include "ogem/chat/answer.h"

#include "ogem/chat/model_choice.h"
#include "ogem/chat/request.h"
#include "ogem/output/models_view.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::cli;

namespace {
json::Value value(std::string_view text) {
    return json::parse(text).value();
}
}  // namespace

TEST_CASE("a stream is an answer only once it said so (promise 1)") {
    Answer answer;
    CHECK(answer.take_event(R"({"choices":[{"index":0,"delta":{"content":"a"}}]})").value() == "a");
    CHECK(answer.take_event(R"({"choices":[{"delta":{},"finish_reason":"stop"}]})").value() == "");
    CHECK(answer.finish(false).error().exit == Exit::unusable);
    CHECK(answer.take_event("[DONE]").value() == "");
    CHECK(answer.finish(true));
}

TEST_CASE("an error inside a stream, or what is not JSON, makes the answer unusable") {
    Answer answer;
    const auto failed = answer.take_event(R"({"error":{"message":"gone","type":"server_error"}})");
    REQUIRE_FALSE(failed);
    CHECK(failed.error().exit == Exit::unusable);
    CHECK(failed.error().message == "the answer was cut off: gone");
    CHECK(Answer().take_event("{").error().exit == Exit::unusable);
}

TEST_CASE(
    "only the first of several choices is text, refusals are text, and odd events are nothing") {
    Answer answer;
    CHECK(answer.take_event(R"({"choices":[{"index":1,"delta":{"content":"b"}}]})").value() == "");
    CHECK(answer.take_event(R"({"choices":[{"index":0,"delta":{"refusal":"no"}}]})").value() ==
          "no");
    for (const auto* odd : {"{}", "[]", "7", R"({"choices":7})", R"({"choices":[7]})",
                            R"({"choices":[{"delta":7}]})", R"({"usage":null})"}) {
        CHECK(answer.take_event(odd).value() == "");
    }
}

TEST_CASE("a whole answer without choices is none") {
    Answer answer;
    CHECK(answer.take_whole(value(R"({"choices":[{"message":{"content":"x"}}]})")).value() == "x");
    CHECK(Answer().take_whole(value("{}")).error().exit == Exit::unusable);
}

TEST_CASE("the body holds what was asked for, whatever bytes it is") {
    auto options = parse_options({"temperature=0", "user=a\"b", "n=", "n={\"x\":1}"}).value();
    CHECK(body_of({"m", "", "say \"\n\xff", options, true, true}) ==
          "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"say "
          "\\\"\\n\xef\xbf\xbd\"}],"
          "\"stream\":true,\"stream_options\":{\"include_usage\":true},"
          "\"temperature\":0,\"user\":\"a\\\"b\",\"n\":{\"x\":1}}");
    CHECK(
        body_of({"m", "s", "p", {}, false, true}) ==
        R"({"model":"m","messages":[{"role":"system","content":"s"},{"role":"user","content":"p"}]})");
}

TEST_CASE("own stream options win over the ones we would send") {
    auto options = parse_options({R"(stream_options={"include_usage":false})"}).value();
    CHECK(body_of({"m", "", "p", options, true, true})
              .ends_with(R"("stream_options":{"include_usage":false}})"));
}

TEST_CASE("any element of a chain can ask for the queue") {
    CHECK(asks_for_batch("gpt-4o@batch"));
    CHECK(asks_for_batch("gpt-4o, claude@batch "));
    CHECK_FALSE(asks_for_batch("gpt-4o,claude"));
    CHECK_FALSE(asks_for_batch("gpt@batch-4"));
}

TEST_CASE("a model that cannot chat is never chosen by itself") {
    CHECK(default_model(
              value(R"({"data":[{"id":"text-embedding-3"},{"id":"whisper-1"},{"id":"mock/echo"},
        {"id":"echo","owned_by":"mock"},{"id":"gpt-4o@batch"},{"id":"gpt-4o"},{"id":"o1"}]})")) ==
          "gpt-4o");
    for (const auto* none : {"{}", "[]", "null", R"({"data":{}})", R"({"data":[7,{}]})"}) {
        CHECK(default_model(value(none)) == "");
    }
}

TEST_CASE("globs") {
    CHECK(matches("gpt-4o", "gpt*"));
    CHECK(matches("gpt-4o", "*4?"));
    CHECK(matches("", "*"));
    CHECK(matches("abcabd", "*ab?"));
    CHECK(matches("aXbXc", "a*b*c"));
    CHECK_FALSE(matches("aXbX", "a*b*c"));
    CHECK_FALSE(matches(std::string(10'000, 'a'), "*a*a*a*a*a*a*b"));
    CHECK_FALSE(matches("gpt-4o", "gpt"));
    CHECK_FALSE(matches("gpt", "gpt?"));
}
