#include "wire/openai/stream.h"

#include "json/writer.h"
#include "support/fixture.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::test;
using ogem::wire::openai::StreamLane;

namespace {

// What became of a stream: the client's bytes, and what the lane believed.
struct Outcome {
    std::string out;
    std::string error;  // empty: none
    Kind kind = Kind::internal;
    int status = 0;
    bool complete = false, meaningful = false;
    std::optional<chat::Usage> usage;

    bool operator==(const Outcome&) const = default;
};

Outcome run(const Pieces& pieces, std::string_view shown = "alias", bool proper_end = true) {
    StreamLane lane(shown);
    Outcome outcome;
    Result<void> result;
    for (const auto& piece : pieces)
        if (result) result = lane.feed(piece, outcome.out);
    if (result && proper_end) result = lane.finish(outcome.out);
    if (!result) {
        outcome.error = result.error().message;
        outcome.kind = result.error().kind;
        outcome.status = result.error().upstream_status;
    }
    outcome.complete = lane.complete();
    outcome.meaningful = lane.meaningful();
    outcome.usage = lane.usage();
    return outcome;
}

// The outcome of `stream`, which must be the same however it is cut.
Outcome outcome_of(const std::string& stream, std::string_view shown = "alias") {
    const auto whole = run({stream}, shown);
    for (const auto& cut : every_cut(stream)) {
        const auto other = run(cut, shown);
        CHECK(other.out == whole.out);
        CHECK(other == whole);
    }
    return whole;
}

std::string event(std::string_view json) {
    return "data: " + std::string(json) + "\n\n";
}

std::string chunk(std::string_view delta, std::string_view finish = "null", int index = 0,
                  std::string_view model = "gpt-x") {
    return event(R"({"id":"c1","model":")" + std::string(model) + R"(","choices":[{"index":)" +
                 std::to_string(index) + R"(,"delta":)" + std::string(delta) +
                 R"(,"finish_reason":)" + std::string(finish) + "}]}");
}

const std::string kRole = chunk(R"({"role":"assistant","content":"","refusal":null})");
const std::string kHello = chunk(R"({"content":"Hello"})");
const std::string kStop = chunk("{}", R"("stop")");
const std::string kUsage = event(
    R"({"id":"c1","model":"gpt-x","choices":[],"usage":{"prompt_tokens":12,"completion_tokens":5,"total_tokens":17,)"
    R"("prompt_tokens_details":{"cached_tokens":8},"completion_tokens_details":{"reasoning_tokens":3}}})");
const std::string kDone = event("[DONE]");

std::string renamed(std::string text) {
    for (std::size_t at; (at = text.find("\"gpt-x\"")) != std::string::npos;)
        text.replace(at, 7, "\"alias\"");
    return text;
}

}  // namespace

TEST_CASE("a stream passes byte for byte but for the model (promise 8)") {
    const auto stream = kRole + kHello + kStop + kUsage + kDone;
    const auto outcome = outcome_of(stream);
    CHECK(outcome.error == "");
    CHECK(outcome.complete);
    CHECK(outcome.meaningful);
    CHECK(outcome.out == renamed(stream));
    CHECK(outcome.usage == chat::Usage{12, 5, 8, {}, 3});
    CHECK(run({stream}, "gpt-x").out == stream);
    CHECK(run({stream}, "").out == stream);
}

TEST_CASE("a model name that needs escapes is spliced as JSON") {
    const auto out = run({kHello + kStop + kDone}, "a\"b").out;
    CHECK(out.find(R"("model":"a\"b")") != std::string::npos);
}

TEST_CASE("unknown members and number forms survive the splice") {
    const std::string odd =
        R"({"choices":[{"index":0,"delta":{"content":"x"},"x":1e400}],"obfuscation":"aZ","model":)";
    CHECK(run({event(odd + "\"gpt-x\"}")}).out == event(odd + "\"alias\"}"));
    CHECK(run({event(odd + "null }")}).out == event(odd + "\"alias\" }"));
}

TEST_CASE("comments of the provider are not passed on, wherever they stand") {
    const auto outcome = outcome_of(": OPENROUTER PROCESSING\n\n: ping\n" + kHello + ":\n\n" +
                                    kStop + "\n\n" + kDone);
    CHECK(outcome.out == renamed(kHello + kStop + kDone));
    auto within = kHello;
    within.insert(within.size() - 1, ": within\n");
    CHECK(outcome_of(within + kStop + kDone).out == renamed(kHello + kStop + kDone));
}

TEST_CASE("text that says [DONE] does not end the stream (R-6)") {
    const auto talk = chunk(R"({"content":"data: [DONE]\n\n"})");
    const auto outcome = outcome_of(talk + kHello + kStop + kDone);
    CHECK(outcome.complete);
    CHECK(outcome.out == renamed(talk + kHello + kStop + kDone));
}

TEST_CASE(
    "whatever follows the terminal event is dropped (fault: extra bytes, duplicate terminal)") {
    for (const auto& extra : {kDone, kHello, std::string("<html>"), event("{broken"),
                              event(R"({"error":"x"})"), std::string("data: [DO")}) {
        const auto outcome = outcome_of(kHello + kStop + kDone + extra);
        CHECK(outcome.error == "");
        CHECK(outcome.complete);
        CHECK(outcome.out == renamed(kHello + kStop + kDone));
    }
}

TEST_CASE("a stream that stops anywhere before its end is never complete (fault: cut)") {
    const auto stream = kRole + kHello + kStop + kUsage + kDone;
    const auto finished =
        (kRole + kHello + kStop).size() - 2;  // the unterminated event still counts
    for (std::size_t cut = 0; cut < stream.size(); ++cut) {
        CAPTURE(cut);
        const auto dropped = run({stream.substr(0, cut)}, "alias", false);
        CHECK_FALSE(dropped.complete);
        const auto ended = run({stream.substr(0, cut)});
        if (cut < finished) {
            CHECK_FALSE(ended.complete);
            CHECK(ended.error != "");
            CHECK(ended.out.find("[DONE]") == std::string::npos);
        }
        if (ended.complete) CHECK(ended.out.ends_with(kDone));
        CHECK(ended.complete == ended.error.empty());
    }
}

TEST_CASE("a forgotten [DONE] is added when every choice had its finish_reason") {
    const auto outcome = outcome_of(kRole + kHello + kStop + kUsage);
    CHECK(outcome.complete);
    CHECK(outcome.out == renamed(kRole + kHello + kStop + kUsage + kDone));
}

TEST_CASE("a missing [DONE] is an error while a choice is unfinished (promise 1)") {
    const auto second = chunk(R"({"content":"B"})", "null", 1);
    const auto outcome = outcome_of(kHello + second + kStop);
    CHECK_FALSE(outcome.complete);
    CHECK(outcome.kind == Kind::upstream);
    CHECK(outcome.error == "upstream ended the stream in the middle of the answer");
    CHECK(outcome_of(kHello + second + kStop + chunk("{}", R"("length")", 1)).complete);
}

TEST_CASE("a stream without any choice is no answer (fault: 200 with empty body)") {
    for (const auto& stream : {std::string(), std::string(": ping\n\n"), kDone,
                               event(R"({"choices":[]})") + kDone, kUsage}) {
        const auto outcome = outcome_of(stream);
        CHECK_FALSE(outcome.complete);
        CHECK_FALSE(outcome.meaningful);
        CHECK(outcome.error == "upstream ended the stream without an answer");
    }
}

TEST_CASE(
    "an error object fails the stream with its words, first or in the middle (fault: in-band "
    "error)") {
    const auto boom =
        event(R"({"error":{"message":"boom","type":"server_error","param":null,"code":null}})");
    const auto first = outcome_of(boom + kHello + kStop + kDone);
    CHECK(first.error == "boom");
    CHECK(first.kind == Kind::upstream);
    CHECK(first.out == "");
    CHECK_FALSE(first.meaningful);
    const auto middle = outcome_of(kRole + kHello + boom + kStop + kDone);
    CHECK(middle.error == "boom");
    CHECK(middle.out == renamed(kRole + kHello));
    CHECK_FALSE(middle.complete);
}

TEST_CASE("an in-band error that names a status gets its kind") {
    const auto limited = outcome_of(event(R"({"error":{"message":"slow down","code":429}})"));
    CHECK(limited.kind == Kind::limited);
    CHECK(limited.status == 429);
    CHECK(outcome_of(event(R"({"error":{"message":"x","code":"503"}})")).kind == Kind::unavailable);
    CHECK(outcome_of(event(R"({"error":{"message":"quota 429 exceeded"}})")).kind ==
          Kind::upstream);  // O-4
    CHECK(outcome_of(event(R"({"error":"just words"})")).error == "just words");
    CHECK(outcome_of(event(R"({"error":{}})")).error != "");
}

TEST_CASE("an event named error fails the stream whatever its data") {
    CHECK(outcome_of(kHello + "event: error\ndata: {\"message\":\"boom\"}\n\n").error == "boom");
    CHECK(outcome_of(kHello + "event: error\ndata: overloaded\n\n").error == "overloaded");
    CHECK(outcome_of(kHello + "event: error\n\n").error != "");
}

TEST_CASE("an error member that says nothing is no error") {
    for (const auto* none : {"null", "false", "\"\"", "0"}) {
        const auto harmless = event(R"({"choices":[{"index":0,"delta":{"content":"x"}}],"error":)" +
                                    std::string(none) + "}");
        CHECK(outcome_of(harmless + kStop + kDone).complete);
    }
}

TEST_CASE("the code of an in-band error is kept for whoever decides on it") {
    StreamLane lane("");
    std::string out;
    REQUIRE_FALSE(lane.feed(
        event(R"({"error":{"message":"m","type":"t","code":"content_filter","param":"prompt"}})"),
        out));
    CHECK(lane.words().code == "content_filter");
    CHECK(lane.words().type == "t");
    CHECK(lane.words().param == "prompt");
}

TEST_CASE("data that is not a JSON object fails the stream (fault: malformed JSON event)") {
    for (const auto* data :
         {"{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x", "pong", "[]", "1", "{\"a\":tru}",
          "{\"choices\":[{\"delta\":{\"content\":nul}}]}", "<html>502</html>", "{} {}"}) {
        CAPTURE(data);
        const auto outcome = outcome_of(kHello + event(data) + kStop + kDone);
        CHECK(outcome.kind == Kind::upstream);
        CHECK(outcome.error.starts_with("upstream sent a broken stream event: not valid JSON"));
        CHECK(outcome.out == renamed(kHello));
        CHECK_FALSE(outcome.complete);
    }
}

TEST_CASE("the first event that says something is worth committing for (promise 2)") {
    const auto meaningful = [](const std::string& stream) {
        return run({stream}, "", false).meaningful;
    };
    CHECK_FALSE(meaningful(kRole));
    CHECK_FALSE(meaningful(kUsage));
    CHECK_FALSE(meaningful(
        event(R"({"choices":[],"model":"","prompt_filter_results":[{"prompt_index":0}]})")));
    CHECK_FALSE(meaningful(chunk(R"({"role":"assistant","content":null,"tool_calls":[]})")));
    CHECK_FALSE(meaningful(chunk("null")));
    CHECK(meaningful(kRole + kHello));
    for (const auto* delta :
         {R"({"content":" "})", R"({"reasoning":"Hm"})", R"({"reasoning_content":"Hm"})",
          R"({"refusal":"No"})", R"({"tool_calls":[{"index":0}]})",
          R"({"function_call":{"name":"f"}})"})
        CHECK(meaningful(chunk(delta)));
    CHECK(meaningful(kStop));
    CHECK(meaningful(event(R"({"choices":[{"index":0,"text":"x","finish_reason":null}]})")));
    CHECK_FALSE(meaningful(event(R"({"choices":[{"index":0,"text":"","finish_reason":null}]})")));
}

TEST_CASE("a legacy completion stream is followed like a chat") {
    const auto text = event(
        R"({"model":"gpt-x","choices":[{"text":"a","index":0,"logprobs":null,"finish_reason":null}]})");
    const auto end =
        event(R"({"model":"gpt-x","choices":[{"text":"","index":0,"finish_reason":"length"}]})");
    CHECK(outcome_of(text + end).out == renamed(text + end + kDone));
    CHECK_FALSE(outcome_of(text).complete);
}

TEST_CASE("usage is counted where it comes, and missing usage is not invented (R-9)") {
    CHECK_FALSE(outcome_of(kHello + kStop + kDone).usage);
    CHECK_FALSE(outcome_of(event(R"({"choices":[{"index":0}],"usage":null})") + kDone).usage);
    const auto early =
        event(R"({"choices":[{"index":0}],"usage":{"prompt_tokens":1,"completion_tokens":1}})");
    CHECK(outcome_of(early + kStop + kUsage + kDone).usage == chat::Usage{12, 5, 8, {}, 3});
}

TEST_CASE("CRLF, bare CR, a BOM and multi-line data mean the same (faults of section A)") {
    const auto lines = [](std::string text, std::string_view end) {
        for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += end.size())
            text.replace(at, 1, end);
        return text;
    };
    const auto stream = kRole + kHello + kStop + kDone;
    for (const auto* end : {"\r\n", "\r"}) {
        const auto other = lines(stream, end);
        CHECK(run({other}).out == lines(renamed(stream), end));
        for (const auto& cut : every_cut(other)) {
            const auto outcome = run(cut);
            CHECK(outcome.complete);
            CHECK(lines(renamed(stream), end).starts_with(outcome.out));
        }
    }
    CHECK(outcome_of("\xef\xbb\xbf" + stream).out == renamed(stream));
    const std::string split_data =
        "event: x\ndata: {\"model\":\"gpt-x\",\ndata: \"choices\":[{\"index\":0}]}\n\n";
    CHECK(outcome_of(split_data + kDone).out == renamed(split_data + kDone));
}

TEST_CASE("UTF-8 split across packets arrives whole") {
    const auto stream = chunk(R"({"content":"é漢👋"})") + kStop + kDone;
    CHECK(outcome_of(stream).out == renamed(stream));
}

TEST_CASE("a data line of 8 MiB passes") {
    const auto big = chunk(R"({"content":")" + std::string(8u << 20, 'x') + "\"}");
    Pieces pieces;
    const auto stream = big + kStop + kDone;
    for (std::size_t at = 0; at < stream.size(); at += 16'384)
        pieces.push_back(stream.substr(at, 16'384));
    const auto outcome = run(pieces);
    CHECK(outcome.complete);
    CHECK(outcome.out.size() == stream.size());
}

TEST_CASE("what the same-dialect lane can promise of the fixtures oai_stream.*") {
    struct Case {
        const char* file;
        bool done;
        const char* error;
    };
    for (const auto& [file, done, error] :
         {Case{"oai_stream.01_azure_first_chunk.json", true, ""},
          Case{"oai_stream.03_error_object_midstream.json", false, "boom"},
          Case{"oai_stream.04_n2_and_reasoning.json", true, ""}}) {
        CAPTURE(file);
        const auto data = fixture(std::string("wire/") + file);
        const auto shown = data["ctx"]["response_model"].get<std::string>();
        const auto outcome = outcome_of(data["input"]["sse"].get<std::string>(), shown);
        CHECK(outcome.complete == done);
        CHECK(outcome.complete == data["expected"]["done"].get<bool>());
        CHECK(outcome.error == error);
        CHECK(outcome.meaningful);
        CHECK(outcome.out.find(R"("model": "gpt-)") == std::string::npos);
        CHECK(outcome.out.find(json::quoted(shown)) != std::string::npos);
        if (data["expected"].contains("accounting")) CHECK(outcome.usage == chat::Usage{3, 3});
    }
}

TEST_CASE("the error event for a client is one data line") {
    CHECK(wire::openai::stream_error_event(R"({"error":{}})") == "data: {\"error\":{}}\n\n");
}
