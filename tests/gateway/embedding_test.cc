// Embeddings of providers that speak another dialect than OpenAI's.
#include "gateway/support/answers.h"
#include "gateway/support/foreign.h"

using namespace ogem;
using namespace ogem::test;

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
