// Azure: OpenAI's dialect at other paths, with another key header (wire/azure.md sections 1 and 2).
#include "gateway/support/answers.h"
#include "gateway/support/house.h"

#include <doctest/doctest.h>

#include <string>

using namespace ogem;
using namespace ogem::test;

namespace {

config::Provider azure() {
    auto resource = provider("azure", {"gpt-4o", "mistral"});
    resource.base_url = "http://azure.test";
    resource.protocol = config::Protocol::azure;
    auto& models = resource.regions.front().models;
    models[0].deployment = "my gpt/4o";
    models[1].serverless = config::Serverless{"http://mistral.test", {"K", Secret("sk-mi"), true}};
    return resource;
}

bool has_line(const std::string& head, std::string_view line) {
    return head.find(cat("\r\n", line, "\r\n")) != std::string::npos;
}

}  // namespace

TEST_CASE("a deployment is asked below the resource, with api-version and api-key (J3, K3)") {
    House house(config_of({azure()}));
    house.plan("azure", whole(200, completion("hi", "gpt-4o-2024")));
    house.ask(R"({"model":"gpt-4o","unknown":1.50})");
    CHECK(house.client.status == 200);
    CHECK(house.client.body == completion("hi", "gpt-4o"));
    const auto& asked = house.request(0);
    CHECK(
        asked.head.starts_with("POST /openai/deployments/my%20gpt%2F4o/chat/completions"
                               "?api-version=2024-06-01 HTTP/1.1\r\n"));
    CHECK(has_line(asked.head, "api-key: sk-azure"));
    CHECK(asked.head.find("Authorization") == std::string::npos);
    CHECK(asked.body == R"({"model":"gpt-4o","unknown":1.50})");
}

TEST_CASE("embeddings and text completions go to the deployment too") {
    for (const auto& [operation, path] :
         {std::pair{gateway::Operation::embedding, "embeddings?"},
          std::pair{gateway::Operation::completion, "completions?"}}) {
        House house(config_of({azure()}));
        house.operation = operation;
        house.plan("azure", whole(200, R"({"object":"list","data":[],"model":"x"})"));
        house.ask(R"({"model":"gpt-4o"})");
        CHECK(house.request(0).head.find(cat("/my%20gpt%2F4o/", path)) != std::string::npos);
    }
}

TEST_CASE("a serverless model has its own host, path and bearer key (K2)") {
    House house(config_of({azure()}));
    house.plan("mistral", whole(200, completion("hi")));
    house.ask(R"({"model":"mistral"})");
    CHECK(house.client.status == 200);
    const auto& asked = house.request(0);
    CHECK(asked.authority == "mistral.test");
    CHECK(asked.head.starts_with("POST /v1/chat/completions HTTP/1.1\r\n"));
    CHECK(has_line(asked.head, "Authorization: Bearer sk-mi"));
    CHECK(asked.head.find("api-key") == std::string::npos);
    CHECK(asked.credential_class != "azure");  // its connections carry another key
}

TEST_CASE("a token of Entra is a bearer token") {
    auto resource = azure();
    resource.credentials.front().bearer = true;
    House house(config_of({resource}));
    house.plan("azure", whole(200, completion("hi")));
    house.ask(R"({"model":"gpt-4o"})");
    CHECK(has_line(house.request(0).head, "Authorization: Bearer sk-azure"));
}

TEST_CASE("a key that the provider repeats is masked, a serverless model's own too (promise 13)") {
    House house(config_of({azure()}));
    house.plan("mistral", whole(401, error_of("bad key sk-mi")));
    house.ask(R"({"model":"mistral"})");
    REQUIRE(house.client.failure);
    CHECK(house.client.failure->error.message.find("sk-mi") == std::string::npos);
}
