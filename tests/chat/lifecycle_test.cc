#include "chat/lifecycle.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace ogem;
using namespace ogem::chat;

namespace {

// "Started Text(0) Finished(0) Ended": what has been told, by its name and choice.
std::string story_of(const Events& events) {
    static const std::vector<std::string> names = {
        "Started", "Text", "Reasoning", "Refusal", "CallStarted", "CallArguments", "CallEnded",
        "Also",    "Kept", "Finished",  "Used",    "Failed",      "Ended"};
    std::string story;
    for (const auto& event : events.all()) {
        if (!story.empty()) story += ' ';
        story += names[event.index()];
    }
    return story;
}

Events begun() {
    Events events;
    events.start("id", 1);
    return events;
}

}  // namespace

TEST_CASE("an answer is told from its start to its end, once") {
    auto events = begun();
    events.start("again", 2);
    events.text(0, "a");
    events.text(0, "");
    events.finish(0, Finish::stop);
    events.finish(0, Finish::length);
    events.used({1, 1});
    events.end();
    events.end();
    events.text(0, "more");
    CHECK(story_of(events) == "Started Text Finished Used Ended");
}

TEST_CASE("nothing is told before the start but a failure") {
    Events events;
    events.text(0, "a");
    events.finish(0, Finish::stop);
    events.used({1, 1});
    events.fail({});
    events.start("id", 1);
    CHECK(story_of(events) == "Failed");
}

TEST_CASE("an answer that ends before every choice has finished was cut off (promise 1)") {
    auto events = begun();
    events.text(0, "a");
    events.text(1, "b");
    events.finish(0, Finish::stop);
    events.end();
    REQUIRE(story_of(events) == "Started Text Text Finished Failed");
    const auto& failure = std::get<Failed>(events.all().back()).failure;
    CHECK(failure.error.kind == Kind::upstream);
    CHECK(failure.maybe_charged);
}

TEST_CASE("an answer without any choice is not complete") {
    auto events = begun();
    events.end();
    CHECK(story_of(events) == "Started Failed");
}

TEST_CASE("calls get their numbers per choice, may be open together, and end with their choice") {
    auto events = begun();
    CHECK(events.start_call(0, "a", "f") == 0);
    CHECK(events.start_call(0, "b", "g") == 1);
    CHECK(events.start_call(1, "c", "f") == 0);
    events.call_arguments(0, 1, "{}");
    events.call_arguments(0, 0, "{}");
    events.end_call(0, 0);
    events.call_arguments(0, 0, "too late");
    events.end_call(0, 0);
    events.finish(0, Finish::tool_calls);
    CHECK(story_of(events) ==
          "Started CallStarted CallStarted CallStarted CallArguments CallArguments CallEnded "
          "CallEnded Finished");
    CHECK(events.start_call(0, "d", "f") == -1);
}

TEST_CASE("a call without id or name, and arguments of no call, are not told") {
    auto events = begun();
    CHECK(events.start_call(0, "", "f") == -1);
    CHECK(events.start_call(0, "a", "") == -1);
    events.call_arguments(0, 0, "{}");
    events.end_call(0, 0);
    CHECK(story_of(events) == "Started");
}

TEST_CASE("choices and calls are limited, whatever a provider claims") {
    auto events = begun();
    events.text(-1, "a");
    events.text(Lifecycle::kMostChoices, "a");
    CHECK(story_of(events) == "Started");
    for (int i = 0; i < Lifecycle::kMostCalls; ++i) CHECK(events.start_call(0, "a", "f") == i);
    CHECK(events.start_call(0, "a", "f") == -1);
}

TEST_CASE("what is kept for the next turn belongs to a call or to the whole choice") {
    auto events = begun();
    events.keep(0, -1, Kept::Kind::thinking_block, "{}");
    events.keep(0, 0, Kept::Kind::signature, "x");
    REQUIRE(events.start_call(0, "a", "f") == 0);
    events.keep(0, 0, Kept::Kind::signature, "x");
    CHECK(story_of(events) == "Started Kept CallStarted Kept");
}

TEST_CASE("events that were taken still count for the order") {
    auto events = begun();
    events.text(0, "a");
    CHECK(events.take().size() == 2);
    CHECK(events.all().empty());
    events.finish(0, Finish::stop);
    events.end();
    CHECK(story_of(events) == "Finished Ended");
    CHECK(events.lifecycle().over());
}
