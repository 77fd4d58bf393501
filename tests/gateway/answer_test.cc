// Whole (not streamed) answers: what is believed, and what goes where.
#include "gateway/support/answers.h"
#include "gateway/support/house.h"

#include <doctest/doctest.h>

#include <string>

using namespace ogem;
using namespace ogem::test;

namespace {

// What became of `script` for a client with one more provider to fall back on.
std::string rescued(Script script) {
    House house{"one", "two"};
    house.plan("one", std::move(script));
    house.plan("two", whole(200, completion("rescue")));
    house.ask(R"({"model":"gpt"})");
    return house.client.body == completion("rescue") && house.asked() == "one two" ? "yes" : "no";
}

}  // namespace

TEST_CASE("a 200 that is no answer falls back like a failure (promises A)") {
    const auto page = "<html><head><title>Sign in</title></head></html>";
    CHECK(rescued(with_header(whole(200, page), "Content-Type", "text/html")) == "yes");
    CHECK(rescued(whole(200, page)) == "yes");
    CHECK(rescued(whole(200, "")) == "yes");
    CHECK(rescued(whole(200, R"({"choices":[)")) == "yes");
    CHECK(rescued(whole(200, error_of("out of memory"))) == "yes");
    CHECK(rescued(with_header(whole(200, completion("x")), "Content-Type", "text/event-stream")) ==
          "yes");
    CHECK(rescued(whole(200, completion("good"))) == "no");
}

TEST_CASE("a compressed answer that nobody asked for is not passed on (promises A)") {
    CHECK(rescued(with_header(whole(200, "\x1f\x8b"), "Content-Encoding", "gzip")) == "yes");
    CHECK(rescued(with_header(whole(200, completion("x")), "Content-Encoding", "identity")) ==
          "no");
}

TEST_CASE("an answer cut short falls back (promise 1)") {
    auto script = whole(200, completion("half").substr(0, 40));
    script.broken = Error{Kind::connection, "closed in the middle of the body", 0, {}};
    CHECK(rescued(std::move(script)) == "yes");
}

TEST_CASE("the failure says which endpoint, with what, and how its answer looked (promise 10)") {
    House house{"one"};
    house.plan("one", whole(200, "<html><title>Bad gateway</title>"));
    house.ask(R"({"model":"gpt"})");
    REQUIRE(house.client.failure);
    CHECK(house.client.failure->error.kind == Kind::upstream);
    CHECK(house.client.failure->error.message ==
          "one/one/gpt: upstream answered 200 with a web page titled \"Bad gateway\"");
}

TEST_CASE("an answer in pieces of any size is put together (promises A)") {
    House house{"one"};
    auto script = whole(200, "");
    script.pieces.clear();
    for (const char c : completion("drip")) script.pieces.push_back({std::string(1, c), {}});
    house.plan("one", std::move(script));
    house.ask(R"({"model":"gpt"})");
    CHECK(house.client.body == completion("drip"));
}

TEST_CASE("the answer's model is what the client typed, prefix included (contract 5)") {
    auto one = provider("one", {"gpt-2024-08-06"});
    one.regions[0].models[0].other_names = {"gpt"};
    for (const std::string typed : {"gpt", "one/gpt", "one/one/gpt", " one/gpt "}) {
        CAPTURE(typed);
        House house(config_of({one}));
        house.plan("one", whole(200, completion("hi", "gpt-2024-08-06-eu")));
        house.ask(R"({"model":")" + typed + "\"}");
        CHECK(house.client.body == completion("hi", trim(typed)));
        CHECK(house.request(0).body == R"({"model":"gpt-2024-08-06"})");
        CHECK(house.client.field("x-ogem-model") == "gpt-2024-08-06");
    }
}

TEST_CASE("of a chain the answer names the element that answered (contract 5)") {
    House house(config_of({provider("one"), provider("two", {"other"})}));
    house.plan("two", whole(200, completion("hi", "other")));
    house.ask(R"({"model":"gpt, two/other"})");
    CHECK(house.client.body == completion("hi", "two/other"));
}

TEST_CASE("bodies pass untouched but for the model name, both ways (promise 8)") {
    const std::string before = "{ \"new_thing\" : [1.50, \"\\u00e9\\ud83d\\ude00\"] ,\r\n \"mod";
    const std::string after =
        " ,\"seed\":12345678901234567890, \"model_kwargs\":{\"model\":\"x\"}}";
    auto one = provider("one", {"real-name"});
    one.regions[0].models[0].other_names = {"alias"};
    House house(config_of({one}));
    house.plan("one", whole(200, before + "el\":\"real-name\"" + after));
    house.ask(before + "el\":\"alias\"" + after);
    CHECK(house.request(0).body == before + "el\":\"real-name\"" + after);
    CHECK(house.client.body == before + "el\":\"alias\"" + after);
}

TEST_CASE("each operation goes to its own path, with the provider's key and nobody else's") {
    const std::pair<gateway::Operation, std::string> paths[] = {
        {gateway::Operation::chat, "POST /v1/chat/completions HTTP/1.1\r\n"},
        {gateway::Operation::completion, "POST /v1/completions HTTP/1.1\r\n"},
        {gateway::Operation::embedding, "POST /v1/embeddings HTTP/1.1\r\n"}};
    for (const auto& [operation, line] : paths) {
        House house{"one"};
        house.operation = operation;
        house.plan("one", whole(200, completion("hi")));
        house.ask(R"({"model":"gpt"})", {{"Authorization", "Bearer client-key"}});
        const auto& head = house.request(0).head;
        CHECK(head.starts_with(line));
        CHECK(head.find("Authorization: Bearer sk-one\r\n") != std::string::npos);
        CHECK(head.find("client-key") == std::string::npos);
        CHECK(head.ends_with("Content-Length: 15\r\n\r\n"));
    }
}

TEST_CASE("tokens are counted for the endpoint that answered (C1)") {
    auto traffic = std::make_shared<gateway::Traffic>();
    auto config = config_of({provider("one")});
    House house(config, traffic);
    house.plan("one", whole(200, completion("hi")));
    house.ask(R"({"model":"gpt"})");
    const auto& counted = *house.gateway.generation()->traffic[0];
    CHECK(counted.requests == 1);
    CHECK(counted.failures == 0);
    CHECK(counted.in_flight == 0);
    CHECK(counted.prompt_tokens == 3);
    CHECK(counted.completion_tokens == 2);
}
