// A client of OpenAI's dialect and providers of another: what the gateway makes of an exchange. The
// tables themselves are tested with their dialects (tests/wire).
#include "base/text.h"
#include "gateway/support/answers.h"
#include "gateway/support/house.h"
#include "json/value.h"

#include <doctest/doctest.h>

#include <string>

using namespace ogem;
using namespace ogem::test;

namespace {

config::Provider gemini(std::string name = "gem", std::string model = "gemini-2.5-flash") {
    auto out = provider(std::move(name), {std::move(model)});
    out.base_url.resize(out.base_url.size() - 3);  // without /v1
    out.protocol = config::Protocol::gemini;
    out.regions.front().models.front().other_names = {"gpt"};
    return out;
}

std::string response(std::string_view parts, std::string_view rest = R"(,"finishReason":"STOP")") {
    return cat(R"({"candidates":[{"content":{"role":"model","parts":[)", parts, R"(]},"index":0)",
               rest,
               R"(}],"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":2,)"
               R"("totalTokenCount":5},"responseId":"r-1"})");
}

std::string says(std::string_view text) {
    return cat(R"({"text":")", text, "\"}");
}

std::string sse(std::string_view data) {
    return cat("data: ", data, "\r\n\r\n");
}

const std::string kHello = R"("messages":[{"role":"user","content":"hello"}])";

json::Value parsed(std::string_view text) {
    const auto value = json::parse(text);
    REQUIRE_MESSAGE(value, text);
    return *value;
}

// The text of all deltas of choice 0.
std::string text_of(const std::string& stream) {
    std::string text;
    for (const auto line : split(stream, '\n')) {
        if (!line.starts_with("data: {")) continue;
        const auto chunk = parsed(line.substr(6));
        for (const auto& choice : chunk["choices"])
            if (choice["delta"].contains("content") && choice["delta"]["content"].is_string())
                text += choice["delta"]["content"].get<std::string>();
    }
    return text;
}

bool has_line(const std::string& head, std::string_view line) {
    return head.find(cat("\r\n", line, "\r\n")) != std::string::npos;
}

}  // namespace

TEST_CASE("a whole answer of another dialect comes in the client's words") {
    House house(config_of({gemini()}));
    house.plan("gem", whole(200, response(says("hi"))));
    house.ask(cat(R"({"model":"gpt","seed":7,"logit_bias":{"1":2},)", kHello, "}"));
    CHECK(house.client.status == 200);
    CHECK(house.client.content_type == "application/json");
    const auto answer = parsed(house.client.body);
    CHECK(answer["model"] == "gpt");
    CHECK(answer["object"] == "chat.completion");
    CHECK(answer["choices"][0]["message"]["content"] == "hi");
    CHECK(answer["choices"][0]["finish_reason"] == "stop");
    CHECK(answer["usage"]["total_tokens"] == 5);
    CHECK(house.client.field("x-ogem-dropped") == "logit_bias");
    CHECK(house.client.field("x-ogem-model") == "gemini-2.5-flash");

    const auto& asked = house.request(0);
    CHECK(asked.head.starts_with(
        "POST /v1beta/models/gemini-2.5-flash:generateContent HTTP/1.1\r\nHost: gem.test\r\n"));
    CHECK(has_line(asked.head, "x-goog-api-key: sk-gem"));
    CHECK(has_line(asked.head, cat("Content-Length: ", asked.body.size())));
    CHECK(parsed(asked.body)["contents"][0]["parts"][0]["text"] == "hello");
    CHECK(asked.no_more_needed);
}

TEST_CASE("a stream is told event by event and ends with [DONE]") {
    House house(config_of({gemini()}));
    house.plan("gem", streamed({sse(response(says("hel"), "")), sse(response(says("lo")))}));
    house.ask(cat(R"({"model":"gpt","stream":true,)", kHello, "}"));
    CHECK(house.client.streamed);
    CHECK(house.client.ended);
    CHECK(text_of(house.client.body) == "hello");
    CHECK(house.client.body.ends_with("data: [DONE]\n\n"));
    CHECK(house.client.body.find("usage") == std::string::npos);  // nobody asked
    CHECK(house.request(0).head.find(":streamGenerateContent?alt=sse ") != std::string::npos);
}

TEST_CASE("a stream that is cut after its first word is never told as complete (promise 1)") {
    House house(config_of({gemini("one"), gemini("two")}));
    house.plan("one", streamed({sse(response(says("hel"), ""))}));
    house.ask(cat(R"({"model":"gpt","stream":true,)", kHello, "}"));
    REQUIRE(house.client.broke);
    CHECK(house.client.broke->error.kind == Kind::upstream);
    CHECK(text_of(house.client.body) == "hel");
    CHECK(house.client.body.find("[DONE]") == std::string::npos);
    CHECK(house.asked() == "one");
}

TEST_CASE("whatever fails before the first word is rescued by the next endpoint (promise 2)") {
    const auto google_error =
        R"({"error":{"code":503,"message":"overloaded","status":"UNAVAILABLE"}})";
    for (auto script : {whole(503, google_error), streamed({sse(google_error)}), streamed({}),
                        streamed({sse("{\"candidates\":[")}), whole(200, "<html></html>"),
                        refusal(Kind::connection, "refused")}) {
        House house(config_of({gemini("one"), gemini("two")}));
        house.plan("one", script);
        house.plan("two", streamed({sse(response(says("rescue")))}));
        house.ask(cat(R"({"model":"gpt","stream":true,)", kHello, "}"));
        CHECK(house.asked() == "one two");
        CHECK(house.client.ended);
        CHECK(text_of(house.client.body) == "rescue");
    }
}

TEST_CASE("a provider's refusal is told in its words, with OpenAI's codes (promise 10)") {
    House house(config_of({gemini()}));
    house.plan("gem", whole(400, R"({"error":{"code":400,"message":"bad schema sk-gem",)"
                                 R"("status":"INVALID_ARGUMENT"}})"));
    house.ask(cat(R"({"model":"gpt",)", kHello, "}"));
    REQUIRE(house.client.failure);
    CHECK(house.client.failure->error.kind == Kind::invalid);
    CHECK(house.client.failure->error.upstream_status == 400);
    CHECK(house.client.failure->error.message.starts_with("gem/gem/gemini-2.5-flash: bad schema"));
    CHECK(house.client.failure->error.message.find("sk-gem") == std::string::npos);
}

TEST_CASE("a request that is wrong in any dialect is the client's, and nobody is asked") {
    House house(config_of({gemini("one"), gemini("two")}));
    house.ask(R"({"model":"gpt","messages":[{"role":"cook","content":"x"}]})");
    REQUIRE(house.client.failure);
    CHECK(house.client.failure->by_client);
    CHECK(house.client.failure->error.kind == Kind::invalid);
    CHECK(house.client.failure->param == "messages[0].role");
    CHECK(house.asked().empty());
}

TEST_CASE("what one dialect cannot say may be said in the next element's (contract 9.5)") {
    House house(config_of({gemini("gem", "flash"), provider("plain", {"gpt-4"})}));
    house.plan("plain", whole(200, completion("I see", "gpt-4")));
    const auto image = R"({"type":"image_url","image_url":{"url":"https://x.test/a.png"}})";
    house.ask(
        cat(R"({"model":"flash,gpt-4","messages":[{"role":"user","content":[)", image, "]}]}"));
    CHECK(house.asked() == "plain");
    CHECK(house.client.status == 200);
    CHECK(house.client.field("x-ogem-dropped") == "");
}

TEST_CASE("a signature that the client drops is put back next turn (pitfall 14)") {
    const auto config = config_of({gemini("gem", "gemini-3-flash")});
    const auto call = R"({"functionCall":{"name":"f","args":{"a":1}},"thoughtSignature":"c2ln"})";
    House house(config);
    house.plan("gem", whole(200, response(call)));
    house.ask(cat(R"({"model":"gpt",)", kHello, "}"));
    auto message = parsed(house.client.body)["choices"][0]["message"];
    CHECK(message["tool_calls"][0]["function"]["arguments"] == R"({"a":1})");

    const auto whole_story = house.shared.remembered.restored(
        [&] {
            chat::Request request;
            request.messages.resize(1);
            request.messages[0].calls = {
                {message["tool_calls"][0]["id"].get<std::string>(), "f", "", false, ""}};
            return request;
        }(),
        "gem/gemini-3-flash");
    REQUIRE(whole_story);
    CHECK(whole_story->messages[0].calls[0].signature == "c2ln");
}

TEST_CASE("a body of megabytes is translated aside, and the answer is the same") {
    House house(config_of({gemini()}));
    house.plan("gem", whole(200, response(says("seen"))));
    const std::string pixels(1 << 20, 'A');
    house.ask(cat(R"({"model":"gpt","messages":[{"role":"user","content":[{"type":"image_url",)"
                  R"("image_url":{"url":"data:image/png;base64,)",
                  pixels, R"("}}]}]})"));
    CHECK(house.client.status == 200);
    CHECK(house.request(0).body.find(pixels) != std::string::npos);
}

TEST_CASE("a client that leaves while its request is translated aside closes everything") {
    House house(config_of({gemini()}));
    house.ask_and_leave(cat(R"({"model":"gpt","messages":[{"role":"user","content":")",
                            std::string(4 << 20, 'x'), R"("}]})"),
                        0ms);
    CHECK(house.client.status == 0);
    CHECK(house.asked().empty());
}

TEST_CASE("a client that reads slowly slows its provider, and one that stops is let go") {
    std::vector<std::string> pieces;
    for (int i = 0; i < 20; ++i) pieces.push_back(sse(response(says("word "), "")));
    House house(config_of({gemini()}));
    house.client.pending_limit = 100;
    house.client.slowness = 1h;
    house.plan("gem", streamed(pieces));
    house.ask(cat(R"({"model":"gpt","stream":true,)", kHello, "}"), {{"x-ogem-timeout", "100ms"}});
    CHECK(house.client.broke);
    CHECK(house.request(0).pieces_read < 5);
    CHECK(house.request(0).closed);
}

namespace {

config::Provider claude(std::string name = "ant", std::string model = "claude-sonnet-4-5") {
    auto out = gemini(std::move(name), std::move(model));
    out.protocol = config::Protocol::anthropic;
    return out;
}

std::string message_of(std::string_view content, std::string_view id = "msg_1") {
    return cat(R"({"id":")", id, R"(","type":"message","role":"assistant","model":"claude",)",
               R"("content":[)", content, R"(],"stop_reason":"end_turn","usage":)",
               R"({"input_tokens":3,"output_tokens":2}})");
}

std::string claude_says(std::string_view text) {
    return cat(R"({"type":"text","text":")", text, "\"}");
}

std::string claude_event(std::string_view name, std::string_view members) {
    return cat("event: ", name, "\ndata: {\"type\":\"", name, "\"", members, "}\n\n");
}

std::vector<std::string> claude_stream(std::string_view text) {
    return {
        claude_event("message_start", R"(,"message":{"id":"msg_1","usage":{"input_tokens":3}})"),
        claude_event("content_block_start",
                     R"(,"index":0,"content_block":{"type":"text","text":""})"),
        claude_event("content_block_delta",
                     cat(R"(,"index":0,"delta":{"type":"text_delta","text":")", text, R"("})")),
        claude_event("content_block_stop", R"(,"index":0)"),
        claude_event("message_delta",
                     R"(,"delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2})"),
        claude_event("message_stop", ""),
    };
}

}  // namespace

TEST_CASE("Claude is asked at /v1/messages with its key and version (B4)") {
    House house(config_of({claude()}));
    house.plan("ant", whole(200, message_of(claude_says("hi"))));
    house.ask(cat(R"({"model":"gpt",)", kHello, "}"));
    CHECK(parsed(house.client.body)["choices"][0]["message"]["content"] == "hi");
    const auto& head = house.request(0).head;
    CHECK(head.starts_with("POST /v1/messages HTTP/1.1\r\n"));
    CHECK(has_line(head, "x-api-key: sk-ant"));
    CHECK(has_line(head, "anthropic-version: 2023-06-01"));
    CHECK(head.find("Authorization") == std::string::npos);
}

TEST_CASE("n answers of a provider that gives one at a time are as many requests (pitfall 33)") {
    House house(config_of({claude()}));
    for (const auto* text : {"one", "two", "three"})
        house.plan("ant", whole(200, message_of(claude_says(text), text)));
    house.ask(cat(R"({"model":"gpt","n":3,)", kHello, "}"));
    CHECK(house.asked() == "ant ant ant");
    const auto answer = parsed(house.client.body);
    REQUIRE(answer["choices"].size() == 3);
    CHECK(answer["choices"][1]["index"] == 1);
    CHECK(answer["choices"][1]["message"]["content"] == "two");
    CHECK(answer["usage"]["prompt_tokens"] == 9);
    CHECK(answer["usage"]["completion_tokens"] == 6);
}

TEST_CASE("their streams are told as one") {
    House house(config_of({claude()}));
    house.plan("ant", streamed(claude_stream("one")));
    house.plan("ant", streamed(claude_stream("two")));
    house.ask(cat(R"({"model":"gpt","n":2,"stream":true,)", kHello, "}"));
    CHECK(house.client.ended);
    CHECK(house.client.body.find("\"index\":1") != std::string::npos);
    CHECK(house.client.body.find("\"two\"") != std::string::npos);
    CHECK(text_of(house.client.body).size() == 6);
    CHECK(house.client.body.find("[DONE]") == house.client.body.rfind("[DONE]"));
}

TEST_CASE("one copy that fails fails them all, and the others are closed") {
    House house(config_of({claude("one"), claude("two")}));
    house.plan("one", whole(529, R"({"type":"error","error":{"type":"overloaded_error",)"
                                 R"("message":"Overloaded"}})"));
    auto stalled = streamed(claude_stream("never"));
    stalled.head_after = 1h;
    house.plan("one", stalled);
    for (int i = 0; i < 2; ++i) house.plan("two", streamed(claude_stream("rescue")));
    house.ask(cat(R"({"model":"gpt","n":2,"stream":true,)", kHello, "}"));
    CHECK(house.asked() == "one one two two");
    CHECK(house.client.ended);
    CHECK(house.request(1).closed);
}

TEST_CASE("thinking that the client drops is put back before its calls (pitfall 16)") {
    const auto block = R"({"type":"thinking","thinking":"Hm","signature":"c2ln"})";
    const auto call = R"({"type":"tool_use","id":"toolu_1","name":"f","input":{}})";
    House house(config_of({claude()}));
    house.plan("ant", whole(200, message_of(cat(block, ",", call))));
    house.ask(cat(R"({"model":"gpt",)", kHello, "}"));
    CHECK(parsed(house.client.body)["choices"][0]["message"]["reasoning_content"] == "Hm");
    chat::Request next;
    next.messages.resize(1);
    next.messages[0].calls = {{"toolu_1", "f", "", false, ""}};
    const auto whole_story = house.shared.remembered.restored(next, "ant/claude-sonnet-4-5");
    REQUIRE(whole_story);
    CHECK(whole_story->messages[0].thinking == std::vector<chat::Json>{block});
}

TEST_CASE("Vertex is asked with a token, renewed once when it is refused (wire/vertex-auth)") {
    auto vertex = gemini("vertex", "gemini-2.5-pro");
    vertex.protocol = config::Protocol::vertex;
    vertex.credentials.clear();
    vertex.regions.front().name = "europe-west4";
    auto config = config_of({vertex});
    config->google_cloud_project = "p1";
    auth::google::Credentials credentials;
    credentials.name = "me";
    credentials.holder = auth::google::MetadataServer{*wire::parse_url("http://metadata.test")};
    House house(config, {}, credentials);
    const auto token = [](std::string_view text) {
        return with_header(whole(200, cat(R"({"access_token":")", text,
                                          R"(","expires_in":3600,"token_type":"Bearer"})")),
                           "Metadata-Flavor", "Google");
    };
    house.plan("metadata", token("old"));
    house.plan("vertex", whole(401, R"({"error":{"code":401,"message":"expired",)"
                                    R"("status":"UNAUTHENTICATED"}})"));
    house.plan("metadata", token("new"));
    house.plan("vertex", whole(200, response(says("hi"))));
    house.ask(cat(R"({"model":"gpt",)", kHello, "}"));
    CHECK(house.client.status == 200);
    CHECK(house.asked() == "metadata vertex metadata vertex");
    const auto& head = house.request(3).head;
    CHECK(
        head.starts_with("POST /v1/projects/p1/locations/europe-west4/publishers/google/models/"
                         "gemini-2.5-pro:generateContent HTTP/1.1\r\n"));
    CHECK(has_line(head, "Authorization: Bearer new"));
}

TEST_CASE("without credentials Vertex cannot be asked, and the next provider is") {
    auto vertex = gemini("vertex", "gemini-2.5-pro");
    vertex.protocol = config::Protocol::vertex;
    vertex.credentials.clear();
    const auto nobody = fail(Kind::unauthorized, "no credentials of Google: set ...");
    {
        House house(config_of({vertex, gemini()}), {}, Result<auth::google::Credentials>(nobody));
        house.plan("gem", whole(200, response(says("rescue"))));
        house.ask(cat(R"({"model":"gpt",)", kHello, "}"));
        CHECK(house.asked() == "gem");
        CHECK(house.client.status == 200);
    }
    House house(config_of({vertex}), {}, Result<auth::google::Credentials>(nobody));
    house.ask(cat(R"({"model":"gpt",)", kHello, "}"));
    REQUIRE(house.client.failure);
    CHECK(house.client.failure->error.kind == Kind::unavailable);
    CHECK(house.client.failure->code == "upstream_auth");
    CHECK(house.client.failure->error.message.find("set ...") != std::string::npos);
}

TEST_CASE("a knob that the model refuses is left out, once (wire/anthropic section 2)") {
    const auto refused = whole(400, R"({"type":"error","error":{"type":"invalid_request_error",)"
                                    R"("message":"temperature: Extra inputs are not permitted"}})");
    House house(config_of({claude()}));
    house.plan("ant", refused);
    house.plan("ant", whole(200, message_of(claude_says("hi"))));
    house.ask(cat(R"({"model":"gpt","temperature":0.5,)", kHello, "}"));
    CHECK(house.client.status == 200);
    CHECK(house.asked() == "ant ant");
    CHECK(house.request(0).body.find("temperature") != std::string::npos);
    CHECK(house.request(1).body.find("temperature") == std::string::npos);
    CHECK(house.client.field("x-ogem-dropped") == "temperature");

    House stubborn(config_of({claude()}));
    stubborn.plan("ant", refused);
    stubborn.plan("ant", refused);
    stubborn.ask(cat(R"({"model":"gpt","temperature":0.5,)", kHello, "}"));
    CHECK(stubborn.asked() == "ant ant");
    REQUIRE(stubborn.client.failure);
    CHECK(stubborn.client.failure->error.kind == Kind::invalid);
}

TEST_CASE("Claude is asked under its dated name, the client sees the one it typed (B11)") {
    House house(config_of({claude("ant", "claude-3-opus")}));
    house.plan("ant", whole(200, message_of(claude_says("hi"))));
    house.ask(cat(R"({"model":"claude-3-opus",)", kHello, "}"));
    CHECK(parsed(house.request(0).body)["model"] == "claude-3-opus-20240229");
    CHECK(parsed(house.client.body)["model"] == "claude-3-opus");
}

TEST_CASE("embeddings come as OpenAI's list, and what Gemini has no word for is named") {
    House house(config_of({gemini("gem", "gemini-embedding-001")}));
    house.operation = gateway::Operation::embedding;
    house.plan("gem", whole(200, R"({"embeddings":[{"values":[0.5]},{"values":[1]}]})"));
    house.ask(R"({"model":"gpt","input":["a","b"],"user":"u1"})");
    const auto list = parsed(house.client.body);
    CHECK(list["data"][1]["embedding"][0] == 1);
    CHECK(list["model"] == "gpt");
    CHECK(house.client.field("x-ogem-dropped") == "user");
}

TEST_CASE("a provider without embeddings says who has them") {
    House house(config_of({claude()}));
    house.operation = gateway::Operation::embedding;
    house.ask(R"({"model":"gpt","input":"a"})");
    REQUIRE(house.client.failure);
    CHECK(house.client.failure->by_client);
    CHECK(house.client.failure->code == "unsupported_endpoint");
    CHECK(house.asked().empty());
}
