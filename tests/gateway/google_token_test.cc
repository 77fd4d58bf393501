// Providers on Google Cloud are asked with a token (wire/vertex-auth).
#include "gateway/support/answers.h"
#include "gateway/support/foreign.h"

using namespace ogem;
using namespace ogem::test;

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
