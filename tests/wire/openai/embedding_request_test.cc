#include "wire/openai/embedding_request.h"

#include "base/text.h"
#include "support/fixture.h"

#include <doctest/doctest.h>

using namespace ogem;
using wire::openai::EmbeddingRequest;
using wire::openai::Encoding;
using wire::openai::read_embedding_request;

namespace {

EmbeddingRequest read(std::string_view body) {
    auto request = read_embedding_request(body);
    REQUIRE(request);
    return *request;
}

std::string refused(std::string_view members) {
    const auto request = read_embedding_request(cat('{', members, '}'));
    return request ? "" : request.error().field;
}

}  // namespace

TEST_CASE("embedding requests are read with all that they ask for") {
    const auto request = read(R"({"model":"m","input":["a","b"],"encoding_format":"base64",
        "dimensions":2,"user":"u","x":1})");
    CHECK(request.model == "m");
    CHECK(request.inputs == std::vector<std::string>{"a", "b"});
    CHECK_FALSE(request.tokens);
    CHECK(request.encoding == Encoding::base64);
    CHECK(request.dimensions == 2);
    CHECK(request.user == "u");
    CHECK(request.rest == std::vector<chat::Extra>{{"x", "1"}});
    CHECK(read(R"({"input":"a"})").inputs == std::vector<std::string>{"a"});
    CHECK(read(R"({"input":"a","encoding_format":null})").encoding == Encoding::floats);
}

TEST_CASE("token numbers are marked: no other provider knows them") {
    const auto one = read(R"({"input":[1,2,3]})");
    CHECK(one.tokens);
    CHECK(one.inputs == std::vector<std::string>{"[1,2,3]"});
    const auto two = read(R"({"input":[[1],[2,3]]})");
    CHECK(two.tokens);
    CHECK(two.inputs == std::vector<std::string>{"[1]", "[2,3]"});
}

TEST_CASE("embedding requests that are wrong are refused by name") {
    CHECK(refused(R"("model":"m")") == "input");
    CHECK(refused(R"("input":[])") == "input");
    CHECK(refused(R"("input":7)") == "input");
    CHECK(refused(R"("input":["a",1])") == "input[1]");
    CHECK(refused(R"("input":["a",[1]])") == "input[1]");
    CHECK(refused(R"("input":[1,"a"])") == "input[1]");
    CHECK(refused(R"("input":[[1],["a"]])") == "input[1][0]");
    CHECK(refused(R"("input":"a","encoding_format":"hex")") == "encoding_format");
    CHECK(refused(R"("input":"a","dimensions":0)") == "dimensions");
    std::string many = R"("input":["a")";
    for (int i = 0; i < 2048; ++i) many += R"(,"a")";
    CHECK(refused(many + "]") == "input");
}

TEST_CASE("the requests of the fixtures embed.* are understood") {
    for (const auto& fixture : test::wire_fixtures("embed"))
        CHECK(read_embedding_request(fixture["input"]["request"].dump()));
}
