// A client of OpenAI's dialect and providers of another: what the gateway makes of an exchange. The
// tables themselves are tested with their dialects (tests/wire).
#include "gateway/support/answers.h"
#include "gateway/support/foreign.h"

using namespace ogem;
using namespace ogem::test;

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

TEST_CASE("what a failed attempt could not carry is not said of the one that answered") {
    House house(config_of({gemini(), provider("plain", {"gpt"})}));
    house.plan("gem", whole(503, "{}"));
    house.plan("plain", whole(200, completion("rescue")));
    house.ask(cat(R"({"model":"gpt","logit_bias":{"1":2},)", kHello, "}"));
    CHECK(house.asked() == "gem plain");
    CHECK(house.client.status == 200);
    CHECK(house.client.field("x-ogem-dropped") == "");
}

TEST_CASE("a provider's own failure is no doubt: retry_ambiguous is not asked about it (9.4)") {
    for (auto script : {whole(500, "{}"), whole(200, "{"), streamed({})}) {
        auto config = config_of({gemini("one"), gemini("two")});
        config->routing.retry_ambiguous = config::RetryAmbiguous::never;
        House house(config);
        house.plan("one", script);
        house.plan("two", streamed({sse(response(says("rescue")))}));
        house.ask(cat(R"({"model":"gpt","stream":true,)", kHello, "}"));
        CHECK(house.asked() == "one two");
    }
    auto config = config_of({gemini("one"), gemini("two")});
    config->routing.retry_ambiguous = config::RetryAmbiguous::never;
    House house(config);
    house.plan("one", refusal(Kind::timeout, "no answer in time"));
    house.ask(cat(R"({"model":"gpt",)", kHello, "}"));
    CHECK(house.asked() == "one");
}

TEST_CASE("a request that was not sent is told as such") {
    House house(config_of({gemini("gem", "flash"), provider("plain", {"gpt-4"})}));
    house.plan("plain", whole(200, completion("hi", "gpt-4")));
    house.ask(R"({"model":"flash,gpt-4","messages":[{"role":"user","content":[{"type":"image_url",
                  "image_url":{"url":"https://x.test/a.png"}}]}]})");
    CHECK(house.client.field("x-ogem-attempts").starts_with("gem/gem=not_sent;"));
}

TEST_CASE("a text completion has an id of its own kind") {
    House house(config_of({gemini()}));
    house.operation = gateway::Operation::completion;
    house.plan("gem", whole(200, R"({"candidates":[{"content":{"parts":[{"text":"x"}]},
                                  "finishReason":"STOP"}]})"));
    house.ask(R"({"model":"gpt","prompt":"once"})");
    CHECK(parsed(house.client.body)["id"] == "cmpl-r1");
}
