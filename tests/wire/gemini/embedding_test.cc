#include "wire/gemini/embedding.h"

#include "support/fixture.h"
#include "wire/openai/embedding_writer.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::test;
using namespace ogem::wire::gemini;

namespace {

wire::openai::EmbeddingRequest request_of(const std::string& body) {
    auto request = wire::openai::read_embedding_request(body);
    REQUIRE(request);
    return std::move(*request);
}

// "studio/m" and "vertex/us-central1/m", as the fixtures' clients name models.
wire::Place place_of(const std::string& name, const std::string& project, Service& service) {
    const auto first = name.find('/'), last = name.rfind('/');
    service = name.starts_with("vertex/") ? Service::vertex : Service::studio;
    const auto region = first == last ? "" : name.substr(first + 1, last - first - 1);
    return {name.substr(last + 1), region, project, {}};
}

std::vector<EmbeddingCall> calls_of(const std::string& model, std::size_t count,
                                    Service service = Service::vertex) {
    wire::openai::EmbeddingRequest request;
    request.inputs.assign(count, "x");
    const auto calls = write_embeddings(request, {model, "us-central1", "p", {}}, service);
    REQUIRE(calls);
    return *calls;
}

std::string method_of(const std::string& model) {
    const auto path = calls_of(model, 1)[0].call.path;
    return path.substr(path.rfind(':'));
}

}  // namespace

TEST_CASE("embeddings of the fixtures go there and back (embed)") {
    for (const auto& fixture : wire_fixtures("embed")) {
        CAPTURE(fixture["name"].get<std::string>());
        const auto request = request_of(fixture["input"]["request"].dump());
        const auto& expected = fixture["expected"];
        Service service{};
        const auto place = place_of(request.model, fixture["ctx"].value("project", ""), service);
        const auto calls = write_embeddings(request, place, service);
        REQUIRE(calls);
        REQUIRE(calls->size() == 1);
        const auto& call = calls->front().call;
        CHECK(call.path == expected["upstream_request"]["path"]);
        CHECK(host_of(service, place) == expected["upstream_request"]["host"].get<std::string>());
        CHECK(same_json(json::Value::parse(call.body), expected["upstream_request"]["body"]));

        Embeddings got;
        REQUIRE(read_embeddings(fixture["input"]["upstream"]["body"].dump(), calls->front().inputs,
                                got));
        const auto tokens = got.prompt_tokens.value_or(estimated_tokens(request.inputs));
        const auto body =
            wire::openai::embedding_list(request.model, got.vectors, request.encoding, tokens);
        CAPTURE(body);
        CHECK(same_json(json::Value::parse(body), expected["response"]));
    }
}

TEST_CASE("each model of Vertex has its own call") {
    CHECK(method_of("text-embedding-005") == ":predict");
    CHECK(method_of("gemini-embedding-001") == ":predict");
    CHECK(method_of("gemini-embedding-2-preview") == ":embedContent");
    CHECK(method_of("multilingual-e5-maas") == ":embedContent");
    CHECK(method_of("projects/1/locations/us-east1/endpoints/2") == ":predict");
}

TEST_CASE("inputs are split as far as each call takes them") {
    CHECK(calls_of("gemini-embedding-001", 3).size() == 3);
    CHECK(calls_of("gemini-embedding-2-preview", 3).size() == 3);
    const auto many = calls_of("text-embedding-005", 251);
    REQUIRE(many.size() == 2);
    CHECK(many[0].inputs == 250);
    CHECK(many[1].inputs == 1);
    CHECK(calls_of("gemini-embedding-001", 200, Service::studio).size() == 2);
    CHECK(calls_of("text-embedding-005", 0).empty());
}

TEST_CASE("dimensions stand where each call wants them") {
    const auto body = [](const std::string& model) {
        const auto request = request_of(R"({"model":"m","input":"x","dimensions":8})");
        const auto calls = write_embeddings(request, {model, "us", "p", {}}, Service::vertex);
        return calls->front().call.body;
    };
    CHECK(body("text-embedding-005") ==
          R"({"instances":[{"content":"x"}],"parameters":{"outputDimensionality":8}})");
    CHECK(
        body("gemini-embedding-2") ==
        R"({"content":{"parts":[{"text":"x"}]},"embedContentConfig":{"outputDimensionality":8}})");
}

TEST_CASE("token numbers are refused, other members are named as dropped") {
    const wire::Place place{"text-embedding-005", "us", "p", {}};
    const auto refused =
        write_embeddings(request_of(R"({"model":"m","input":[1,2]})"), place, Service::vertex);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().field == "input");
    const auto calls = write_embeddings(
        request_of(R"({"model":"m","input":"x","user":"u","extra":1})"), place, Service::vertex);
    REQUIRE(calls);
    CHECK(calls->front().call.dropped == std::vector<std::string>{"user", "extra"});
}

TEST_CASE("answers of several calls add up") {
    Embeddings got;
    CHECK(read_embeddings(
        R"({"embedding":{"values":[1,2]},"usageMetadata":{"promptTokenCount":3}})", 1, got));
    CHECK(read_embeddings(
        R"({"predictions":[{"embeddings":{"values":[3e0],"statistics":{"token_count":4.0}}}]})", 1,
        got));
    CHECK(got.vectors == std::vector<std::vector<float>>{{1, 2}, {3}});
    CHECK(got.prompt_tokens == 7);
}

TEST_CASE("an answer that is none is an error") {
    const auto message = [](const std::string& body) {
        Embeddings got;
        const auto read = read_embeddings(body, 2, got);
        return read ? "none" : read.error().message;
    };
    CHECK(message(R"({"embeddings":[{"values":[1]}]})") ==
          "upstream answered 2 inputs with 1 embeddings");
    CHECK(message("[]") == "upstream answered 200 with no JSON object");
    CHECK(message(R"({"embeddings":[{"values":[1)").starts_with("upstream sent a broken answer: "));
}

TEST_CASE("tokens are estimated where nobody counts them") {
    CHECK(estimated_tokens({"", "abcdefgh", "a"}) == 4);
}
