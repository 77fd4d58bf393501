#include "base/text.h"
#include "support/fixture.h"
#include "wire/openai/chat_reader.h"
#include "wire/responses/response.h"
#include "wire/responses/stream_writer.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::wire;

namespace {

responses::Style style(std::vector<std::string> ids = {}) {
    responses::Style style;
    style.model = "m";
    style.created = 1'700'000'000;
    style.new_id = [ids, next = std::size_t{0}](std::string_view prefix) mutable {
        return next < ids.size() ? ids[next++] : cat(prefix, "gen", next++);
    };
    return style;
}

chat::NewId call_ids() {
    return [](std::string_view prefix) { return cat(prefix, "new"); };
}

// The data of each event; its name must be its type, and the numbers must count from 0.
json::Value events_in(const std::string& bytes) {
    auto events = json::Value::array();
    for (std::size_t at = 0; at < bytes.size();) {
        const auto line = bytes.find('\n', at), end = bytes.find("\n\n", at);
        REQUIRE(end != std::string::npos);
        auto data = json::Value::parse(bytes.substr(line + 7, end - line - 7));
        CHECK(cat("event: ", data["type"].get<std::string>()) == bytes.substr(at, line - at));
        CHECK(data["sequence_number"] == events.size());
        events.push_back(std::move(data));
        at = end + 2;
    }
    return events;
}

json::Value events_of(const std::vector<chat::Event>& events, responses::Style wanted = style()) {
    responses::ResponseStreamWriter writer(std::move(wanted));
    std::string out;
    for (const auto& event : events) writer.write(event, out);
    return events_in(out);
}

std::string types(const json::Value& events) {
    std::string text;
    for (const auto& event : events) append(text, event["type"].get<std::string>().substr(9), ' ');
    return text;
}

// What the official SDK's accumulator insists on (spec: wire/openai section 8).
void check_indices(const json::Value& events) {
    std::size_t items = 0;
    for (const auto& event : events) {
        if (event["type"] == "response.output_item.added") CHECK(event["output_index"] == items++);
        if (event.contains("output_index")) CHECK(event["output_index"] < items);
    }
}

}  // namespace

TEST_CASE("the fixtures respout_resp.*") {
    for (const auto& fixture : test::wire_fixtures("respout_resp")) {
        CAPTURE(fixture["name"]);
        chat::Events out;
        openai::read_chat_answer(fixture["input"].dump(), call_ids(), out);
        const auto written =
            responses::write_answer(chat::fold(out.all()), style(fixture["ctx"]["id_sequence"]));
        CHECK(test::same_json(json::Value::parse(written), fixture["expected"]));
    }
}

TEST_CASE("the fixtures respout_stream.*, whole and byte by byte") {
    for (const auto& fixture : test::wire_fixtures("respout_stream")) {
        CAPTURE(fixture["name"]);
        const std::string sse = fixture["input"]["sse"];
        for (const std::size_t piece : {sse.size(), std::size_t{1}}) {
            chat::Events out;
            openai::ChatStreamReader reader(call_ids());
            for (std::size_t at = 0; at < sse.size(); at += piece)
                reader.feed(sse.substr(at, piece), out);
            reader.finish(out);
            const auto events = events_of(out.take(), style(fixture["ctx"]["id_sequence"]));
            CHECK(test::same_json(events, fixture["expected"]["events"]));
            check_indices(events);
        }
    }
}

TEST_CASE("a refusal is a part of its own, custom calls have their own events") {
    const auto events = events_of({chat::Started{}, chat::Text{0, "a"}, chat::Refusal{0, "No."},
                                   chat::CallStarted{0, 0, "c1", "patch", true},
                                   chat::CallArguments{0, 0, "x"}, chat::CallEnded{0, 0},
                                   chat::Finished{0, chat::Finish::tool_calls}, chat::Ended{}});
    CHECK(types(events) ==
          "created in_progress output_item.added content_part.added output_text.delta "
          "output_text.done content_part.done content_part.added refusal.delta refusal.done "
          "content_part.done output_item.done output_item.added custom_tool_call_input.delta "
          "custom_tool_call_input.done output_item.done completed ");
    check_indices(events);
    const auto& output = events.back()["response"]["output"];
    CHECK(output[0]["content"][1] == json::Value{{"type", "refusal"}, {"refusal", "No."}});
    CHECK(output[1]["type"] == "custom_tool_call");
    CHECK(output[1]["input"] == "x");
    CHECK_FALSE(events.back()["response"].contains("usage"));
}

TEST_CASE("calls may interleave; the one that the limit cut is incomplete") {
    const auto events =
        events_of({chat::Started{}, chat::CallStarted{0, 0, "c1", "f", false},
                   chat::CallStarted{0, 1, "c2", "g", false}, chat::CallArguments{0, 0, "{}"},
                   chat::CallArguments{0, 1, "{"}, chat::CallEnded{0, 0}, chat::CallEnded{0, 1},
                   chat::Finished{0, chat::Finish::length}, chat::Ended{}});
    check_indices(events);
    const auto& response = events.back()["response"];
    CHECK(events.back()["type"] == "response.incomplete");
    CHECK(response["output"][0]["status"] == "completed");
    CHECK(response["output"][0]["arguments"] == "{}");
    CHECK(response["output"][1]["status"] == "incomplete");
    CHECK(response["incomplete_details"]["reason"] == "max_output_tokens");
}

TEST_CASE("annotations and logprobs join the text that they belong to") {
    const auto events = events_of(
        {chat::Started{}, chat::Text{0, "a"}, chat::Also{0, "logprobs", "[1]"},
         chat::Also{0, "annotations",
                    R"([{"type":"url_citation","url_citation":{"url":"u","start_index":0}}])"},
         chat::Text{0, "b"}, chat::Also{0, "logprobs", "[2]"}, chat::Finished{0, {}},
         chat::Ended{}});
    const auto& part = events.back()["response"]["output"][0]["content"][0];
    CHECK(part["text"] == "ab");
    CHECK(part["logprobs"] == json::Value{1, 2});
    CHECK(part["annotations"] ==
          json::Value::parse(R"([{"type":"url_citation","url":"u","start_index":0}])"));
    CHECK(types(events).find("output_text.annotation.added") != std::string::npos);
}

TEST_CASE(
    "a failure is response.failed with a code that agents know, and nothing after (pitfall 57)") {
    chat::Failed failed;
    failed.failure.error = {Kind::limited, "Slow down.", 429, 1300ms};
    const auto events = events_of({chat::Started{}, chat::Text{0, "a"}, failed});
    CHECK(events.back()["type"] == "response.failed");
    const auto& response = events.back()["response"];
    CHECK(response["status"] == "failed");
    CHECK(response["error"]["code"] == "rate_limit_exceeded");
    CHECK(response["error"]["message"] == "Slow down. Please try again in 1300ms.");
    CHECK_FALSE(response.contains("usage"));
}

TEST_CASE("a response repeats what was asked, and shows reasoning only if it may") {
    auto wanted = style();
    wanted.echo.instructions = "\"Be brief.\"";
    wanted.echo.others = {{"store", "false"}};
    chat::Answer answer;
    auto& choice = answer.choices.emplace_back();
    choice.reasoning = "Hm.";
    choice.text = "a";
    auto response = json::Value::parse(responses::write_answer(answer, wanted));
    CHECK(response["instructions"] == "Be brief.");
    CHECK(response["store"] == false);
    CHECK(response["output"].size() == 2);
    CHECK(response["output"][0]["summary"][0]["text"] == "Hm.");
    wanted.show_reasoning = false;
    response = json::Value::parse(responses::write_answer(answer, wanted));
    CHECK(response["output"].size() == 1);
}
