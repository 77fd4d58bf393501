#include "wire/openai/chat_reader.h"

#include "wire/openai/streams.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::test;
using namespace ogem::wire::openai;

TEST_CASE("a chunk without choices starts nothing; id and time come from the first real one") {
    const auto events = events_of({stream_of(
        {R"({"choices":[],"id":"","created":0,"prompt_filter_results":[{}]})",
         R"({"choices":[{"index":0,"delta":{"content":"Hi"}}],"id":"c1","created":7})",
         R"({"id":"c2","created":8,"choices":[{"delta":{},"finish_reason":"stop"}]})"})});
    REQUIRE(events.size() == 4);
    CHECK(std::get<chat::Started>(events[0]).id == "c1");
    CHECK(std::get<chat::Started>(events[0]).created == 7);
}

TEST_CASE("a call is known by its id, else its index, else it is the newest") {
    const auto calls = [](const std::vector<std::string>& fragments) {
        std::vector<std::string> choices;
        for (const auto& f : fragments)
            choices.push_back(cat(R"("index":0,"delta":{"tool_calls":[)", f, "]}"));
        std::string text;
        for (const auto& call : said(choices).calls)
            append(text, call.id, ' ', call.name, ' ', call.arguments, call.custom ? "! " : "; ");
        return text;
    };
    // As OpenAI says it, interleaved.
    CHECK(
        calls({R"({"index":0,"id":"a","type":"function","function":{"name":"f","arguments":""}})",
               R"({"index":1,"id":"b","type":"function","function":{"name":"g","arguments":"{"}})",
               R"({"index":0,"function":{"arguments":"{\"x\":1}"}})",
               R"({"index":1,"function":{"arguments":"}"}})"}) == "a f {\"x\":1}; b g {}; ");
    // id and name repeated in every fragment, no type.
    CHECK(calls({R"({"index":0,"id":"a","function":{"name":"f","arguments":"{"}})",
                 R"({"index":0,"id":"a","function":{"name":"f","arguments":"}"}})"}) == "a f {}; ");
    // A fresh id for every fragment (R-8).
    CHECK(calls({R"({"index":0,"id":"a","function":{"name":"f","arguments":"{"}})",
                 R"({"index":0,"id":"b","function":{"arguments":"}"}})"}) == "a f {}; ");
    // Every call is number 0, told apart by ids.
    CHECK(calls({R"({"index":0,"id":"a","function":{"name":"f","arguments":"{}"}})",
                 R"({"index":0,"id":"b","function":{"name":"f","arguments":"{}"}})"}) ==
          "a f {}; b f {}; ");
    // No ids: the index tells, and ids are made.
    CHECK(calls({R"({"index":0,"function":{"name":"f","arguments":"{"}})",
                 R"({"index":1,"function":{"name":"f","arguments":"{}"}})",
                 R"({"index":0,"function":{"arguments":"}"}})"}) ==
          "call_gen0 f {}; call_gen1 f {}; ");
    // No ids, no indices.
    CHECK(
        calls({R"({"function":{"name":"f","arguments":"{"}})", R"({"function":{"arguments":"}"}})",
               R"({"function":{"name":"g","arguments":{"a": 1}}})"}) ==
        "call_gen0 f {}; call_gen1 g {\"a\": 1}; ");
    // The name comes late; arguments wait for it.
    CHECK(calls({R"({"index":0,"id":"a","function":{"arguments":"{"}})",
                 R"({"index":0,"function":{"name":"f","arguments":"}"}})"}) == "a f {}; ");
    // Custom tools, and arguments that never come (pitfall 19).
    CHECK(calls({R"({"index":0,"id":"a","type":"custom","custom":{"name":"p","input":"x"}})",
                 R"({"index":0,"custom":{"input":"y"}})",
                 R"({"index":1,"id":"b","function":{"name":"f","arguments":""}})"}) ==
          "a p xy! b f {}; ");
    // A call that was told as a function's stays one.
    CHECK(calls({R"({"index":0,"id":"a","function":{"name":"f"}})",
                 R"({"index":0,"type":"custom","custom":{}})"}) == "a f {}; ");
}

TEST_CASE("an old function_call is a call with an id of ours (pitfall 64)") {
    const auto choice = said({R"("index":0,"delta":{"function_call":{"name":"f","arguments":""}})",
                              R"("index":0,"delta":{"function_call":{"arguments":"{}"}})",
                              R"("index":0,"delta":{},"finish_reason":"function_call")"});
    REQUIRE(choice.calls.size() == 1);
    CHECK(choice.calls[0] == chat::ToolCall{"call_gen0", "f", "{}", false, ""});
    CHECK(choice.finish == chat::Finish::tool_calls);
}

TEST_CASE("a finish is one of five words and agrees with the calls (pitfalls 24, 25, 78)") {
    const auto finish = [](std::string_view reason, bool call, bool late = false) {
        const std::string end = cat(R"("index":0,"delta":{},"finish_reason":)", reason);
        const std::string fragment =
            R"("index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f"}}]})";
        if (!call) return said({R"("index":0,"delta":{"content":"x"})", end}).finish;
        return said(late ? std::vector<std::string>{end, fragment}
                         : std::vector<std::string>{fragment, end})
            .finish;
    };
    using chat::Finish;
    CHECK(finish("\"stop\"", false) == Finish::stop);
    CHECK(finish("\"length\"", true) == Finish::length);
    CHECK(finish("\"content_filter\"", false) == Finish::content_filter);
    CHECK(finish("\"eos_token\"", false) == Finish::stop);
    CHECK(finish("\"stop\"", true) == Finish::tool_calls);
    CHECK(finish("\"stop\"", true, true) == Finish::tool_calls);
    CHECK(finish("\"tool_calls\"", false) == Finish::stop);
    CHECK(finish("null", true) == Finish::tool_calls);
    const auto events =
        events_of({saying({R"("index":0,"delta":{"content":"x"},"finish_reason":"error")"})});
    CHECK(failure(events).error.kind == Kind::upstream);  // pitfall 57
}

TEST_CASE("usage may come in any chunk; the last that is not null counts (pitfall 29)") {
    const auto usage = [](const std::vector<std::string>& chunks) {
        return chat::fold(events_of({stream_of(chunks)})).usage;
    };
    const std::string end = R"({"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]})";
    CHECK(usage({R"({"choices":[],"usage":{"prompt_tokens":1}})", end}) == chat::Usage{1, 0});
    CHECK(usage({R"({"choices":[{"delta":{}}],"usage":{"prompt_tokens":1,"completion_tokens":1}})",
                 R"({"choices":[{"delta":{}}],"usage":{"prompt_tokens":1,"completion_tokens":2}})",
                 R"({"choices":[{"delta":{},"finish_reason":"stop"}],"usage":null})"}) ==
          chat::Usage{1, 2});
    CHECK(usage({end, R"({"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4}})"}) ==
          chat::Usage{3, 4});
    CHECK_FALSE(usage({end}));
}

TEST_CASE("what an answer says besides text is found in its place") {
    const auto choice = said(
        {R"("delta":{"reasoning":"H","content":"a"},"index":0,"logprobs":{"content":[1],"refusal":null})",
         R"("index":0,"delta":{"reasoning":"no","reasoning_content":"m."},"logprobs":{"content":[2]})",
         R"("index":0,"delta":{"content":[{"type":"text","text":"b"}],"refusal":"R"})",
         R"("index":0,"delta":{"annotations":[{"type":"url_citation"}],"x":1,"role":"assistant"})",
         R"("index":0,"delta":{"annotations":[ ],"images":null},"logprobs":{"content":[ ]},"x":{})"});
    CHECK(choice.reasoning == "Hm.");
    CHECK(choice.text == "ab");
    CHECK(choice.refusal == "R");
    CHECK(choice.also == std::vector<chat::Extra>{{"logprobs", "[1,2]"},
                                                  {"annotations", R"([{"type":"url_citation"}])"}});
}

TEST_CASE("[DONE] is an event, not text (R-6), and a clean end needs a reason (promise 1)") {
    CHECK(said({R"("index":0,"delta":{"content":"data: [DONE]\n\n"})"}).text == "data: [DONE]\n\n");
    const std::string text = R"(data: {"choices":[{"index":0,"delta":{"content":"Ha"}}]})"
                             "\n\n";
    const std::string stop = R"(data: {"choices":[{"index":0,"finish_reason":"stop"}]})"
                             "\n\n";
    CHECK(std::holds_alternative<chat::Ended>(events_of({text + stop}).back()));
    CHECK(failure(events_of({text})).code == "upstream_truncated");
    CHECK(failure(events_of({text})).maybe_charged);
    CHECK(failure(events_of({""})).code == "upstream_truncated");
    CHECK(failure(events_of({"data: [DONE]\n\n"})).code == "upstream_truncated");
    // An unterminated last event counts (pitfall 55).
    CHECK(std::holds_alternative<chat::Ended>(events_of({text + "data:[DONE]"}).back()));
}

TEST_CASE("events that follow each other without a blank line are not lost (R-7)") {
    const auto events =
        events_of({"event: x\r\n: comment\r\ndata: {\"choices\":[{\"delta\":"
                   "{\"content\":\"a\"},\r\ndata: \"index\":0}]}\r\n\r\n"
                   "data: {\"choices\":[{\"delta\":{\"content\":\"b\"},"
                   "\"finish_reason\":\"stop\"}]}\r\n\r\ndata: [DONE]"});
    CHECK(chat::fold(events).choices.at(0).text == "ab");
}

TEST_CASE("an error inside a stream keeps the provider's words") {
    const auto failed =
        events_of({"data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n"
                   "data: {\"error\":{\"message\":\"slow\",\"code\":429}}\n\n"
                   "data: {\"choices\":[{\"delta\":{\"content\":\"b\"}}]}\n\n"});
    CHECK(failed.size() == 3);
    CHECK(failure(failed).error.message == "slow");
    CHECK(failure(failed).error.kind == Kind::limited);
    CHECK(failure(events_of({"event: error\ndata: out of memory\n\n"})).error.message ==
          "out of memory");
    CHECK(failure(events_of({"data: <html>\n\n"})).error.kind == Kind::upstream);
}

TEST_CASE("a provider that floods is stopped") {
    CHECK(failure(events_of({saying({R"("index":128,"delta":{"content":"x"})"})}))
              .error.message.find("0 to 127") != std::string::npos);
    CHECK(failure(events_of({saying({R"("index":-1,"delta":{"content":"x"})"})})).maybe_charged);
    std::vector<std::string> calls;
    for (int i = 0; i <= chat::Lifecycle::kMostCalls; ++i)
        calls.push_back(cat(R"("index":0,"delta":{"tool_calls":[{"index":)", i,
                            R"(,"function":{"name":"f"}}]})"));
    CHECK(failure(events_of({saying(calls)})).error.message.find("1024") != std::string::npos);
    const auto nameless = R"("index":0,"delta":{"tool_calls":[{"index":0,"id":"a"}]})";
    CHECK(failure(events_of({saying({nameless})})).error.kind == Kind::upstream);
}

TEST_CASE("a whole answer that is none is a failure in plain words (R-1, R-2)") {
    const auto fails = [](std::string_view body) {
        chat::Events out;
        read_chat_answer(body, numbered(), out);
        return failure(out.all()).error.message;
    };
    CHECK(fails("") == "upstream answered 200 with an empty body");
    CHECK(fails("<title>Hi</title>") == "upstream answered 200 with a web page titled \"Hi\"");
    CHECK(fails("{}") == "upstream answered 200 without an answer");
    CHECK(fails(R"({"choices":[]})") == "upstream answered 200 without an answer");
    CHECK(fails(R"({"choices":null,"error":{"message":"boom"}})") == "boom");
}

TEST_CASE("a whole answer is told in the order reasoning, text, refusal, calls") {
    chat::Events out;
    read_chat_answer(R"({"id":"i","choices":[{"index":0,"message":{"tool_calls":[{"id":"a",
        "type":"function","function":{"name":"f","arguments":"{}"}}],"content":"t",
        "reasoning_content":"r"},"finish_reason":null}]})",
                     numbered(), out);
    REQUIRE(out.all().size() == 8);
    CHECK(std::holds_alternative<chat::Reasoning>(out.all()[1]));
    CHECK(std::holds_alternative<chat::Text>(out.all()[2]));
    CHECK(std::holds_alternative<chat::CallStarted>(out.all()[3]));
    CHECK(std::holds_alternative<chat::Ended>(out.all()[7]));
}
