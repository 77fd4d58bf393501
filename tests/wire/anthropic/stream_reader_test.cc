#include "wire/anthropic/stream_reader.h"

#include "wire/anthropic/answers.h"

#include <doctest/doctest.h>

#include <random>

using namespace ogem;
using namespace ogem::test;
using json::Value;

namespace {

// Anthropic's events of these data, each with the name that its type is.
std::string stream(const std::vector<std::string>& list) {
    std::string out;
    for (const auto& data : list)
        out += "event: " + Value::parse(data).value("type", "x") + "\ndata: " + data + "\n\n";
    return out;
}

const std::string kStart =
    R"({"type":"message_start","message":{"id":"msg_1","usage":{"input_tokens":3,"output_tokens":1}}})";
const std::string kStop = R"({"type":"message_stop"})";

std::string open(int index, const std::string& block) {
    return R"({"type":"content_block_start","index":)" + std::to_string(index) +
           R"(,"content_block":)" + block + "}";
}
std::string delta(int index, const std::string& json) {
    return R"({"type":"content_block_delta","index":)" + std::to_string(index) + R"(,"delta":)" +
           json + "}";
}
std::string shut(int index) {
    return R"({"type":"content_block_stop","index":)" + std::to_string(index) + "}";
}
std::string text(int index, const std::string& piece) {
    return delta(index, R"({"type":"text_delta","text":")" + piece + "\"}");
}
std::string json_piece(int index, const std::string& piece) {
    return delta(index,
                 R"({"type":"input_json_delta","partial_json":)" + Value(piece).dump() + "}");
}
std::string done(const std::string& reason, const std::string& usage = R"({"output_tokens":5})") {
    return R"({"type":"message_delta","delta":{"stop_reason":")" + reason + R"("},"usage":)" +
           usage + "}";
}
const std::string kText = R"({"type":"text","text":""})";
std::string tool(const std::string& id, const std::string& name = "f") {
    return R"({"type":"tool_use","id":")" + id + R"(","name":")" + name + R"(","input":{}})";
}

Told read(const std::vector<std::string>& list, const chat::AnswerState& state = {}) {
    return read_stream({stream(list)}, state);
}
chat::AnswerChoice choice(const std::vector<std::string>& list,
                          const chat::AnswerState& state = {}) {
    const auto events = read(list, state);
    REQUIRE_FALSE(failure_in(events));
    return chat::fold(events).choices.at(0);
}
std::string failed(const std::vector<std::string>& list) {
    const auto failure = failure_in(read(list));
    return failure ? failure->error.message : "no failure";
}

// Events as text, so that two tellings can be compared. Neighbouring pieces of text are one.
std::string shown(const Told& events) {
    const auto answer = chat::fold(events);
    std::string out = answer.id;
    for (const auto& each : answer.choices) {
        append(out, '|', each.text, '|', each.reasoning, '|', each.refusal, '|',
               static_cast<int>(each.finish));
        for (const auto& call : each.calls) append(out, '|', call.id, call.name, call.arguments);
        for (const auto& extra : each.also) append(out, '|', extra.name, extra.value);
    }
    for (const auto& event : events)
        if (const auto* kept = std::get_if<chat::Kept>(&event)) append(out, "|kept ", kept->value);
    if (answer.usage)
        append(out, '|', answer.usage->prompt_tokens, '/', answer.usage->completion_tokens);
    if (const auto failure = failure_in(events)) append(out, "|failed ", failure->error.message);
    return out;
}

// A stream with all that Claude can say.
const std::string& rich_stream() {
    static const auto bytes = stream(
        {kStart,
         R"({"type":"ping"})",
         open(0, R"({"type":"thinking","thinking":"","signature":""})"),
         delta(0, R"({"type":"thinking_delta","thinking":"h\u00e4"})"),
         delta(0, R"({"type":"signature_delta","signature":"c2ln"})"),
         shut(0),
         open(1, kText),
         text(1, "Gr\u00fc\u00df \\ud83d\\udc4b"),
         shut(1),
         open(2, tool("t1")),
         json_piece(2, ""),
         json_piece(2, "{\"a\":\"\\u00"),
         json_piece(2, "e9\"}"),
         shut(2),
         open(3, tool("t2", "p")),
         json_piece(3, "{\"input\":\"x\\n"),
         json_piece(3, "y\"}"),
         shut(3),
         done("tool_use", R"({"output_tokens":5,"output_tokens_details":{"thinking_tokens":2}})"),
         kStop});
    return bytes;
}
chat::AnswerState patch_is_custom() {
    chat::AnswerState state;
    state.custom_tools = {"p"};
    return state;
}

}  // namespace

TEST_CASE("streams of Claude reach clients of OpenAI's dialect as the fixtures show") {
    for (const auto& fixture : wire_fixtures("ant2oai_stream")) {
        CAPTURE(fixture["name"].get<std::string>());
        const auto& expected = fixture["expected"];
        const auto state = state_of(fixture["ctx"].value("state", Value::object()));
        const auto style = style_of(fixture["ctx"]);
        for (const auto& pieces : every_cut(fixture["input"]["sse"].get<std::string>())) {
            const auto events = read_stream(pieces, state);
            if (expected.contains("body")) {
                CHECK(events.size() == 1);
                auto answer = openai_failure(failure_in(events).value());
                answer["fallback_allowed"] = true;
                REQUIRE(same_json(answer, expected));
                continue;
            }
            const auto told = openai_stream(events, style);
            CAPTURE(told.dump());
            REQUIRE(same_json(told["chunks"], expected["chunks"]));
            REQUIRE(told["done"] == expected["done"]);
        }
    }
}

TEST_CASE("a stream means the same however it is cut (pitfalls 18, 54)") {
    const auto state = patch_is_custom();
    const auto whole = shown(read_stream({rich_stream()}, state));
    CHECK(whole ==
          "msg_1|Gr\u00fc\u00df \U0001f44b|h\u00e4||2|t1f{\"a\":\"\\u00e9\"}|t2px\ny"
          "|kept {\"type\":\"thinking\",\"thinking\":\"h\\u00e4\",\"signature\":\"c2ln\"}|3/5");
    for (const auto& pieces : every_cut(rich_stream()))
        REQUIRE(shown(read_stream(pieces, state)) == whole);
    std::mt19937 random(7);
    for (int i = 0; i < 300; ++i) {
        const auto a = random() % rich_stream().size(), b = random() % rich_stream().size();
        const auto first = std::min(a, b), second = std::max(a, b);
        REQUIRE(shown(read_stream(
                    {rich_stream().substr(0, first), rich_stream().substr(first, second - first),
                     rich_stream().substr(second)},
                    state)) == whole);
    }
}

TEST_CASE("a stream that ends before message_stop has been cut off, wherever (promise 1)") {
    const auto& bytes = rich_stream();
    const auto last = bytes.find("event: message_stop");
    for (std::size_t end = 0; end < last; ++end) {
        const auto failure = failure_in(read_stream({bytes.substr(0, end)}));
        REQUIRE(failure);
        REQUIRE(failure->maybe_charged);
    }
    CHECK_FALSE(failure_in(read_stream({bytes.substr(0, bytes.size() - 2)})));
}

TEST_CASE("pieces go where their index says, calls count from 0 (pitfalls 21, 23)") {
    const auto told =
        choice({kStart, open(0, kText), open(5, tool("a")), open(7, tool("b")),
                json_piece(7, "{\"y\""), text(0, "hi"), json_piece(5, "{}"), json_piece(7, ":1}"),
                shut(5), shut(0), shut(7), done("tool_use"), kStop});
    CHECK(told.text == "hi");
    REQUIRE(told.calls.size() == 2);
    CHECK(told.calls[0].arguments == "{}");
    CHECK(told.calls[1].arguments == "{\"y\":1}");
}

TEST_CASE("a call without a piece has the arguments that it was opened with") {
    const auto told =
        choice({kStart, open(0, tool("a")), json_piece(0, ""), shut(0),
                open(1, R"({"type":"tool_use","id":"b","name":"f","input":{"k" : 1}})"), shut(1),
                done("tool_use"), kStop});
    CHECK(told.calls.at(0).arguments == "{}");
    CHECK(told.calls.at(1).arguments == "{\"k\":1}");
}

TEST_CASE("what nobody knows is passed over") {
    const auto told =
        choice({kStart, R"({"type":"event_of_tomorrow","index":0})", open(0, kText),
                delta(0, R"({"type":"delta_of_tomorrow","text":"no"})"),
                delta(0, R"({"type":"input_json_delta","partial_json":"no"})"), text(9, "no"),
                text(0, "yes"),
                open(1, R"({"type":"server_tool_use","id":"s","name":"web_search","input":{}})"),
                json_piece(1, "{}"), shut(1), shut(0), text(0, "no"), done("end_turn"), kStop});
    CHECK(told.text == "yes");
    CHECK(told.calls.empty());
    const auto events =
        read_stream({": hello\n\nevent: vertex_event\ndata: whatever\n\nevent: ping\ndata: {\n\n" +
                     stream({kStart, open(0, kText), text(0, "a"), done("end_turn"), kStop}) +
                     "data: [DONE]\n\n"});
    CHECK(shown(events) == "msg_1|a|||0|3/5");
}

TEST_CASE(
    "a second message_start changes nothing, and blocks that are never closed end with the "
    "message") {
    const auto second =
        R"({"type":"message_start","message":{"id":"msg_2","usage":{"input_tokens":9}}})";
    CHECK(shown(read({kStart, open(0, kText), text(0, "a"), second, text(0, "b"),
                      open(1, tool("t")), done("tool_use"), kStop})) == "msg_1|ab|||2|tf{}|3/5");
    CHECK(shown(read({kStart, open(0, kText), text(0, "a"), done("end_turn"), kStop, kStop,
                      text(0, "after")})) == "msg_1|a|||0|3/5");
}

TEST_CASE("counters of the last event win, and null keeps what was said (pitfall 31)") {
    const auto usage = [](const std::string& last) {
        return chat::
            fold(read(
                     {R"({"type":"message_start","message":{"id":"m","usage":{"input_tokens":10,)"
                      R"("cache_read_input_tokens":4,"cache_creation_input_tokens":2,"output_tokens":1}}})",
                      open(0, kText), text(0, "a"), done("end_turn", last), kStop}))
                .usage.value();
    };
    const auto kept =
        usage(R"({"output_tokens":7,"input_tokens":null,"cache_read_input_tokens":null})");
    CHECK(kept == chat::Usage{16, 7, 4, 2, {}});
    CHECK(usage(R"({"output_tokens":7,"input_tokens":20})").prompt_tokens == 26);
    CHECK(usage("null").completion_tokens == 1);
    CHECK(usage(R"({"output_tokens":-3,"input_tokens":9e99})") == chat::Usage{16, 1, 4, 2, {}});
}

TEST_CASE("an error in the stream ends it, and tells what it means") {
    const std::string overloaded =
        R"({"type":"error","error":{"type":"overloaded_error","message":"Busy"}})";
    const auto early = failure_in(read({overloaded})).value();
    CHECK(early.code == "overloaded");
    CHECK(early.retry == chat::Retry::other_first);
    CHECK_FALSE(early.maybe_charged);
    const auto late = failure_in(read({kStart, open(0, kText), text(0, "a"), overloaded})).value();
    CHECK(late.maybe_charged);
    const auto before_stop =
        failure_in(read({kStart, open(0, kText), text(0, "a"), done("end_turn"), overloaded}));
    CHECK(before_stop.value().error.message == "Busy");
    const auto google =
        failure_in(read_stream({"data: "
                                "{\"error\":{\"code\":429,\"message\":\"Quota\",\"status\":"
                                "\"RESOURCE_EXHAUSTED\"}}\n\n"}));
    CHECK(google.value().error.kind == Kind::limited);
}

TEST_CASE("a stream that lies fails instead of growing or guessing") {
    CHECK(failure_in(read_stream({"data: {\"type\":\n\n"}))
              .value()
              .error.message.find("not a JSON") != std::string::npos);
    std::vector<std::string> flood{kStart};
    for (int i = 0; i < 300; ++i) flood.push_back(open(i, kText));
    CHECK(failed(flood).find("more content blocks") != std::string::npos);
    const auto huge = "data: " + std::string(17u << 20, 'a');
    CHECK(failure_in(read_stream({huge}, {}, true)));
    CHECK(failed({kStart, kStop}).find("without having said anything") != std::string::npos);
}

TEST_CASE("a schema's stand-in streams as text") {
    chat::AnswerState state;
    state.unwrap_tool = "item";
    const auto told = choice({kStart, open(0, tool("t", "item")), json_piece(0, "{\"a\":"),
                              json_piece(0, "1}"), shut(0), done("tool_use"), kStop},
                             state);
    CHECK(told.text == "{\"a\":1}");
    CHECK(told.finish == chat::Finish::stop);
}

TEST_CASE("a citation of the web arrives with its place in the text") {
    const auto told = choice(
        {kStart, open(0, kText), text(0, "ab"), shut(0), open(1, kText),
         delta(1, R"({"type":"citations_delta","citation":{"url":"https://x","title":"T"}})"),
         text(1, "cd"), shut(1), done("end_turn"), kStop});
    REQUIRE(told.also.size() == 1);
    CHECK(
        told.also[0].value ==
        R"([{"type":"url_citation","url_citation":{"start_index":2,"end_index":4,"url":"https://x","title":"T"}}])");
}
