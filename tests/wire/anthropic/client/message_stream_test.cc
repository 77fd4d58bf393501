#include "wire/anthropic/client/message_stream.h"

#include "wire/anthropic/answers.h"
#include "wire/openai/chat_reader.h"

#include <doctest/doctest.h>

#include <random>

using namespace ogem;
using namespace ogem::test;
using json::Value;

namespace {

std::string written(const Told& events, const std::string& id = "msg_1") {
    wire::anthropic::MessageStreamWriter writer({"m", id});
    std::string out;
    for (const auto& event : events) writer.write(event, out);
    return out;
}

// The data of each event; its name must be its type.
Value events_in(const std::string& bytes) {
    wire::SseReader sse;
    std::vector<wire::SseEvent> read;
    (void)sse.feed(bytes, read);
    Value list = Value::array();
    for (const auto& event : read) {
        list.push_back(Value::parse(event.data));
        CHECK(list.back()["type"] == std::string(event.name));
    }
    return list;
}

// A legal telling of one choice, made at random: text, calls side by side, reasoning, refusals.
Told some_answer(std::mt19937& random, bool custom_calls) {
    chat::Events out;
    out.start("msg_7", 0);
    const auto pick = [&](unsigned below) { return static_cast<int>(random() % below); };
    for (int i = pick(12); i >= 0; --i) {
        const int call = pick(4);
        if (pick(3) == 0) out.text(0, "t\u00e4\n\"");
        if (pick(4) == 0) out.start_call(0, cat("id", i), cat("f", pick(3)), custom_calls);
        // Of a function, JSON that is put together again; of a custom tool, any text.
        if (pick(2) == 0) out.call_arguments(0, call, custom_calls ? "x\"\\\n" : " ");
        if (pick(5) == 0) out.end_call(0, call);
    }
    constexpr chat::Finish kFinishes[] = {chat::Finish::stop, chat::Finish::length,
                                          chat::Finish::tool_calls};
    auto finish = kFinishes[pick(3)];
    const bool calls = out.lifecycle().calls(0) > 0;
    if (finish != chat::Finish::length)
        finish = calls ? chat::Finish::tool_calls : chat::Finish::stop;
    out.finish(0, finish);
    out.used({static_cast<std::int64_t>(30 + pick(9)), pick(9), pick(9), pick(9), {}});
    out.end();
    return out.take();
}

}  // namespace

TEST_CASE("streams of OpenAI's dialect become Anthropic's as the fixtures show") {
    for (const auto& fixture : wire_fixtures("antout_stream")) {
        CAPTURE(fixture["name"].get<std::string>());
        for (const auto& pieces : every_cut(fixture["input"]["sse"].get<std::string>())) {
            wire::openai::ChatStreamReader reader(numbered_ids());
            chat::Events events;
            for (const auto& piece : pieces) reader.feed(piece, events);
            reader.finish(events);
            const auto list = events_in(
                written(events.all(), scripted_ids(fixture["ctx"]["id_sequence"])("msg_")));
            CAPTURE(list.dump());
            REQUIRE(same_json(list, fixture["expected"]["events"]));
        }
    }
}

TEST_CASE("a stream that was written reads as the same answer") {
    std::mt19937 random(11);
    chat::AnswerState all_custom;
    all_custom.custom_tools = {"f0", "f1", "f2"};
    for (int i = 0; i < 400; ++i) {
        const bool custom = i % 2 == 0;
        const auto told = some_answer(random, custom);
        const auto bytes = written(told);
        const auto again = read_stream({bytes}, custom ? all_custom : chat::AnswerState());
        CAPTURE(bytes);
        REQUIRE_FALSE(failure_in(again));
        auto before = chat::fold(told), after = chat::fold(again);
        CHECK(before.id == after.id);
        CHECK(before.usage == after.usage);
        CHECK(before.choices.at(0).text == after.choices.at(0).text);
        CHECK(before.choices.at(0).finish == after.choices.at(0).finish);
        // A call that got no arguments has some on the other side (pitfall 19).
        for (auto& call : before.choices[0].calls)
            if (call.arguments.empty() && !custom) call.arguments = "{}";
        CHECK(before.choices[0].calls == after.choices[0].calls);
    }
}

TEST_CASE("the index of a block is its position, also of blocks side by side") {
    chat::Events events;
    events.start("", 0);
    events.text(0, "a");
    events.start_call(0, "x", "f");
    events.start_call(0, "y", "g");
    events.call_arguments(0, 0, "{}");
    events.text(0, "b");
    events.finish(0, chat::Finish::tool_calls);
    events.end();
    std::size_t opened = 0;
    std::string order;
    for (const auto& event : events_in(written(events.all()))) {
        if (event["type"] == "content_block_start") {
            CHECK(event["index"] == opened++);
        } else if (event["type"] == "content_block_stop") {
            order += std::to_string(event["index"].get<int>());
        }
    }
    CHECK(opened == 4);
    CHECK(order == "0123");
}

TEST_CASE("a refusal is told at the end, a failure has no end") {
    chat::Events events;
    events.start("", 0);
    events.refusal(0, "N");
    events.refusal(0, "o.");
    events.finish(0, chat::Finish::stop);
    events.end();
    const auto list = events_in(written(events.all()));
    CHECK(list[2]["delta"]["stop_reason"] == "refusal");
    CHECK(list[2]["delta"]["stop_details"]["explanation"] == "No.");

    chat::Events broken;
    broken.start("", 0);
    broken.text(0, "a");
    chat::Failure failure;
    failure.error = {Kind::unavailable, "busy", 0, {}};
    broken.fail(failure);
    const auto cut = written(broken.all());
    CHECK(cut.ends_with(
        "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
        "\"message\":\"busy\"}}\n\n"));
    CHECK(cut.find("message_stop") == std::string::npos);
    CHECK(failure_in(read_stream({cut})).value().error.kind == Kind::unavailable);
}
