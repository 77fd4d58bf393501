// Claude for clients of OpenAI's dialect: several answers, thinking, refused knobs, dated names.
#include "gateway/support/answers.h"
#include "gateway/support/foreign.h"

using namespace ogem;
using namespace ogem::test;

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
    CHECK(house.client.field("x-ogem-attempts").starts_with("ant/ant=400;"));  // promise 6
    CHECK(house.client.field("x-ogem-attempts").find(", ant/ant=200;") != std::string::npos);

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
