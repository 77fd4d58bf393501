#include "chat/answer.h"

#include "chat/lifecycle.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::chat;

TEST_CASE("a whole answer is the fold of its stream") {
    Events events;
    events.start("chatcmpl-1", 1700000000);
    events.reasoning(0, "Hm");
    events.reasoning(0, ".");
    events.text(0, "Hel");
    events.text(1, "Other");
    events.text(0, "lo");
    const int call = events.start_call(0, "call_1", "add");
    events.call_arguments(0, call, "{\"a\":");
    events.call_arguments(0, call, "1}");
    events.finish(0, Finish::tool_calls);
    events.refusal(1, "no");
    events.finish(1, Finish::content_filter);
    events.used({3, 1});
    events.used({3, 9});
    events.end();

    const auto answer = fold(events.all());
    CHECK(answer.id == "chatcmpl-1");
    CHECK(answer.created == 1700000000);
    REQUIRE(answer.choices.size() == 2);
    CHECK(answer.choices[0].text == "Hello");
    CHECK(answer.choices[0].reasoning == "Hm.");
    REQUIRE(answer.choices[0].calls.size() == 1);
    CHECK(answer.choices[0].calls[0] == ToolCall{"call_1", "add", "{\"a\":1}", false, ""});
    CHECK(answer.choices[0].finish == Finish::tool_calls);
    CHECK(answer.choices[1].text == "Other");
    CHECK(answer.choices[1].refusal == "no");
    CHECK(answer.choices[1].finish == Finish::content_filter);
    CHECK(answer.usage == Usage{3, 9});
}

TEST_CASE("lists that pass through are joined, other members are replaced") {
    Events events;
    events.start("id", 1);
    for (const auto* tokens : {R"([{"token":"a"}])", "[]", R"([{"token":"b"},{"token":"c"}])"})
        events.also(0, "logprobs", tokens);
    events.also(0, "audio", "{\"id\":1}");
    events.also(0, "audio", "{\"id\":2}");
    const auto answer = fold(events.all());
    REQUIRE(answer.choices.size() == 1);
    CHECK(answer.choices[0].also ==
          std::vector<Extra>{{"logprobs", R"([{"token":"a"},{"token":"b"},{"token":"c"}])"},
                             {"audio", "{\"id\":2}"}});
}

TEST_CASE("a choice that nobody spoke of is told apart from an empty one") {
    Events events;
    events.start("id", 1);
    events.finish(1, Finish::stop);
    const auto answer = fold(events.all());
    REQUIRE(answer.choices.size() == 2);
    CHECK_FALSE(answer.choices[0].seen);
    CHECK(answer.choices[1].seen);
}

TEST_CASE("lists are joined whatever space is inside of them") {
    const auto joined = [](chat::Json array, const chat::Json& more) {
        chat::join_arrays(array, more);
        return array;
    };
    CHECK(joined("[1]", "[2,3]") == "[1,2,3]");
    CHECK(joined("[ ]", "[2]") == "[2]");
    CHECK(joined("[1]", "[ ]") == "[1]");
    CHECK(joined("[]", "[]") == "[]");
}
