#include "wire/openai/response.h"

#include "support/padded.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::wire::openai;
using ogem::test::Padded;

namespace {

struct Said {
    std::string body;
    std::optional<chat::Usage> usage;
};

Result<Said> read(std::string_view body, std::string_view shown = "alias") {
    const Padded padded(body);
    const auto answer = read_answer(padded, shown);
    if (!answer) return fail(answer.error());
    return Said{answer->body.text(), answer->usage};
}

std::string complaint_of(std::string_view body, Kind kind = Kind::upstream) {
    const auto answer = read(body);
    if (answer) return "";
    CHECK(answer.error().kind == kind);
    return answer.error().message;
}

}  // namespace

TEST_CASE("an answer passes byte for byte but for the model, and is counted (promise 8)") {
    const auto answer = read(
        R"({"id":"x", "model" : "gpt-4o-2024","choices":[{"finish_reason":"tool_calls","n":1e400}],
        "usage":{"prompt_tokens":12,"completion_tokens":5.0,"prompt_tokens_details":{"cached_tokens":8},
        "completion_tokens_details":{"reasoning_tokens":-3}}, "new":{"model":"y"}})");
    REQUIRE(answer);
    CHECK(answer->body ==
          R"({"id":"x", "model" : "alias","choices":[{"finish_reason":"tool_calls","n":1e400}],
        "usage":{"prompt_tokens":12,"completion_tokens":5.0,"prompt_tokens_details":{"cached_tokens":8},
        "completion_tokens_details":{"reasoning_tokens":-3}}, "new":{"model":"y"}})");
    CHECK(answer->usage == chat::Usage{12, 5, 8, {}, 0});
}

TEST_CASE("an answer without a model or usage stays as it is") {
    const auto answer = read(R"({"object":"list","data":[],"error":null,"usage":null})");
    REQUIRE(answer);
    CHECK(answer->body == R"({"object":"list","data":[],"error":null,"usage":null})");
    CHECK_FALSE(answer->usage);
    CHECK(read(R"({"model":"gpt-x"})", "")->body == R"({"model":"gpt-x"})");
}

TEST_CASE("a 200 that is no answer is named (faults: empty body, HTML)") {
    CHECK(complaint_of("") == "upstream answered 200 with an empty body");
    CHECK(complaint_of("<html><title>Welcome</title></html>") ==
          "upstream answered 200 with a web page titled \"Welcome\"");
    CHECK(complaint_of("{\"choices\":[") == "upstream answered 200 with a non-JSON body");
    CHECK(complaint_of("[]") == "upstream answered 200 with a non-JSON body");
}

TEST_CASE("a 200 with an error inside is an error (R-1)") {
    CHECK(complaint_of(R"({"error":{"message":"boom"}})") == "boom");
    CHECK(complaint_of(R"({"error":"boom","choices":[]})") == "boom");
    CHECK(complaint_of(R"({"error":{"message":"slow","code":429}})", Kind::limited) == "slow");
    CHECK(complaint_of(R"({"error":{}})") != "");
}
