#include "ask/request.h"
#include "openai/voice.h"
#include "play/planner.h"
#include "play/script.h"
#include "provider.h"

#include <doctest/doctest.h>

#include <string>

using namespace ogem;
using namespace ogem::fake;

namespace {

std::string bytes_of(const Plan& plan) {
    std::string out;
    for (const auto& step : plan.steps)
        for (std::uint32_t i = 0; i < step.repeat; ++i) out += step.bytes;
    return out;
}

Ask chat_ask() {
    Ask ask;
    ask.route = {Dialect::openai, Endpoint::chat};
    ask.voice = &openai::kVoice;
    ask.model = "gpt";
    return ask;
}

Plan streamed(std::string_view words) {
    auto ask = chat_ask();
    ask.stream = true;
    return plan_of(Script::parse(words).value(), ask);
}

Plan whole(std::string_view words) {
    return plan_of(Script::parse(words).value(), chat_ask());
}

std::size_t occurrences(std::string_view text, std::string_view piece) {
    std::size_t count = 0;
    for (auto at = text.find(piece); at != std::string_view::npos; at = text.find(piece, at + 1))
        ++count;
    return count;
}

Request request_of(std::string_view model) {
    const auto body = "{\"stream\":false,\"model\":\"" + std::string(model) + "\"}";
    return {"POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\n\r\n", body};
}

}  // namespace

TEST_CASE("a script is words with numbers, and says which word is wrong") {
    const auto script = Script::parse("events=20+gap=5+cut").value();
    CHECK(script.number("events", 0) == 20);
    CHECK(script.number("cut", 0) == 2);
    CHECK_FALSE(script.has("reset"));
    CHECK(Script::parse("evnts=2").error().message.find("evnts") != std::string::npos);
    CHECK_FALSE(Script::parse("events").has_value());
    CHECK_FALSE(Script::parse("ok=1").has_value());
    CHECK_FALSE(Script::parse("gap=1x").has_value());
}

TEST_CASE("a proper stream has a role, its events, a finish and one terminal") {
    const auto text = bytes_of(streamed("events=3"));
    CHECK(occurrences(text, "data: ") == 6);
    CHECK(text.ends_with("data: [DONE]\n\n\r\n0\r\n\r\n"));
}

TEST_CASE("a cut stream has no terminal, no finish and no last chunk (promise 1)") {
    const auto plan = streamed("cut=3");
    const auto text = bytes_of(plan);
    CHECK(plan.ending == Ending::close);
    CHECK(occurrences(text, "w2") == 1);
    CHECK(occurrences(text, "w3") == 0);
    CHECK(occurrences(text, "[DONE]") == 0);
    CHECK_FALSE(text.ends_with("0\r\n\r\n"));
}

TEST_CASE("a fault after no event comes before the role chunk (promise 2)") {
    CHECK(occurrences(bytes_of(streamed("error=0")), "role") == 0);
    CHECK(occurrences(bytes_of(streamed("error=0+role")), "role") == 1);
    CHECK(occurrences(bytes_of(streamed("malformed=0")), "role") == 0);
}

TEST_CASE("a whole answer can be padded to a size") {
    const auto text = bytes_of(whole("body=1000"));
    CHECK(text.size() - text.find("\r\n\r\n") - 4 == 1000);
}

TEST_CASE("content-length can lie both ways") {
    const auto length_of = [](const Plan& plan) {
        const Request head{bytes_of(plan), ""};
        return std::stoul(std::string(head.header("content-length")));
    };
    const auto honest = length_of(whole("ok"));
    CHECK(length_of(whole("length-long=10")) == honest + 10);
    CHECK(length_of(whole("length-short=10")) == honest - 10);
    CHECK(whole("length-long").ending == Ending::close);
}

TEST_CASE("a dripped answer is the same bytes, one at a time") {
    const auto plan = streamed("drip=1");
    CHECK(bytes_of(plan) == bytes_of(streamed("ok")));
    for (const auto& step : plan.steps) CHECK(step.bytes.size() <= 1);
}

TEST_CASE("a request is taken whole, with length, in chunks, or not yet") {
    Request request;
    std::string buffer = "POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\nab";
    CHECK(take_request(buffer, request) == Took::nothing);
    buffer += "cGET ";
    CHECK(take_request(buffer, request) == Took::whole);
    CHECK(request.body == "abc");
    CHECK(buffer == "GET ");
    buffer = "POST /b HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n2\r\nxy\r\n1\r\nz\r\n0\r\n\r\n";
    CHECK(take_request(buffer, request) == Took::whole);
    CHECK(request.target() == "/b");
    CHECK(request.body == "xyz");
    CHECK(buffer.empty());
}

TEST_CASE("members are found at the top level only, past strings that look like them") {
    const std::string_view json =
        R"({"a":{"model":"no"},"b":"\"model\":\"no\"", "model" : "yes\\", "stream":true})";
    CHECK(member_of(json, "model") == "\"yes\\\\\"");
    CHECK(member_of(json, "stream") == "true");
    CHECK_FALSE(member_of(json, "absent").has_value());
    CHECK_FALSE(member_of("{\"model", "model").has_value());
    CHECK_FALSE(member_of("", "model").has_value());
}

TEST_CASE("a scripted model goes through its steps and stays at the last") {
    Provider provider(true);
    const Request script{"POST /_fake/script HTTP/1.1\r\n\r\n",
                         R"({"model":"m","steps":["status=500","status=429","ok"]})"};
    CHECK(provider.answer(script)->status == 200);
    CHECK(provider.answer(request_of("m"))->status == 500);
    CHECK(provider.answer(request_of("m"))->status == 429);
    CHECK(provider.answer(request_of("m"))->status == 200);
    CHECK(provider.answer(request_of("m"))->status == 200);
    CHECK(provider.answer(request_of("fake-status=418"))->status == 418);
}

TEST_CASE("a script that makes no sense is refused") {
    Provider provider(true);
    for (const auto* body :
         {"", "[]", R"({"model":"m"})", R"({"model":"m","steps":[]})",
          R"({"model":"m","steps":["nonsense"]})", R"({"model":1,"steps":["ok"]})",
          R"({"model":"m","steps":[{"raw":[{"end":"boom"}]}]})"}) {
        CHECK(provider.answer({"POST /_fake/script HTTP/1.1\r\n\r\n", body})->status == 400);
    }
}

TEST_CASE("an answer that is kept for one dialect is not given to another") {
    Provider provider(false);
    const std::string body =
        R"({"model":"fake-ok","max_tokens":9,"messages":[{"role":"user","content":"x"}]})";
    const auto ask = [&](const char* head) {
        return provider.answer({std::string(head) + "\r\n\r\n", body})->steps[0].bytes;
    };
    CHECK(occurrences(ask("POST /v1/chat/completions HTTP/1.1"), "choices") == 1);
    const auto other =
        ask("POST /v1/messages HTTP/1.1\r\ncontent-type: application/json\r\nx-api-key: "
            "k\r\nanthropic-version: 2023-06-01");
    CHECK(occurrences(other, "choices") == 0);
    CHECK(occurrences(other, "stop_reason") == 1);
}
