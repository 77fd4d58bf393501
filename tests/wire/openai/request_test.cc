#include "wire/openai/request.h"

#include "support/padded.h"

#include <doctest/doctest.h>

using namespace ogem;
using ogem::test::Padded;

namespace {

std::string spliced(std::string_view text, std::string_view model) {
    const Padded padded(text);
    const std::string_view body = padded;
    const auto envelope = chat::read_envelope(body);
    REQUIRE(envelope);
    return wire::openai::with_model(body, *envelope, model).text();
}

}  // namespace

TEST_CASE("only the model changes on the way to a provider (promise 8)") {
    CHECK(
        spliced(R"( {"a" : 1.50, "model":"alias" ,"future":{"model":"x"},"n":1e400} )", "gpt-4o") ==
        R"( {"a" : 1.50, "model":"gpt-4o" ,"future":{"model":"x"},"n":1e400} )");
}

TEST_CASE("a model name is escaped when it is spliced in") {
    CHECK(spliced(R"({"model":"a\"b"})", "x\"y\\z") == R"({"model":"x\"y\\z"})");
}

TEST_CASE("a body without a model gets one") {
    CHECK(spliced("{}", "m") == R"({"model":"m"})");
    CHECK(spliced(R"( { "a":1})", "m") == R"( {"model":"m", "a":1})");
    CHECK(spliced(R"({"model":null})", "m") == R"({"model":"m"})");
    CHECK(spliced(R"({"model":""})", "m") == R"({"model":"m"})");
}
