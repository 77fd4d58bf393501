#include "wire/anthropic/schema.h"

#include <doctest/doctest.h>

using ogem::wire::anthropic::strict_schema;

namespace {

std::string strict(const std::string& schema) {
    const auto out = strict_schema(schema);
    return out ? *out : out.error().message;
}

}  // namespace

TEST_CASE("objects are closed at every depth, whatever their members are called (pitfall 45)") {
    CHECK(
        strict(R"({"type":"object","properties":{"type":{"type":"string"},
        "properties":{"type":["object","null"],"properties":{}}},"required":["type"]})") ==
        R"({"type":"object","properties":{"type":{"type":"string"},"properties":{"type":["object","null"],)"
        R"("properties":{},"additionalProperties":false}},"additionalProperties":false,"required":["type"]})");
}

TEST_CASE("oneOf is anyOf, and variants are made strict") {
    CHECK(
        strict(R"({"oneOf":[{"type":"object"},{"type":"null"}]})") ==
        R"({"anyOf":[{"type":"object","properties":{},"additionalProperties":false},{"type":"null"}]})");
    CHECK(strict(R"({"allOf":[{"$ref":"#/$defs/A","title":"x"}]})") ==
          R"({"allOf":[{"$ref":"#/$defs/A"}]})");
}

TEST_CASE("what the subset lacks is said in words") {
    CHECK(strict(R"({"type":"string","minLength":1,"pattern":"x"})") ==
          R"({"type":"string","description":"{minLength: 1, pattern: \"x\"}"})");
    CHECK(strict(R"({"type":"string","format":"date","title":"T"})") ==
          R"({"type":"string","title":"T","format":"date"})");
    CHECK(strict(R"({"type":"string","format":"color"})") ==
          R"({"type":"string","description":"{format: \"color\"}"})");
    CHECK(strict(R"({"type":"array","items":{"type":"integer"},"minItems":1})") ==
          R"({"type":"array","items":{"type":"integer"},"minItems":1})");
    CHECK(strict(R"({"type":"array","minItems":2})") ==
          R"({"type":"array","description":"{minItems: 2}"})");
}

TEST_CASE("allowed values are kept, those that are no plain values in words (pitfall 75)") {
    CHECK(strict(R"({"type":"string","enum":["a",null]})") == R"({"enum":["a",null]})");
    CHECK(strict(R"({"enum":[{"a":1}]})") == R"({"description":"{enum: [{\"a\":1}]}"})");
    CHECK(strict(R"({"type":"object","const":[1]})").find("{const: [1]}") != std::string::npos);
}

TEST_CASE("true and false are schemas too, and a broken one is refused") {
    CHECK(strict("true") == "true");
    CHECK(strict("{").starts_with("not valid JSON"));
    CHECK(strict(R"({"minimum":1e999})").starts_with("not usable JSON"));
}

TEST_CASE("a schema that refers to itself, or is very deep, ends (pitfall 46)") {
    const std::string cycle =
        R"({"$defs":{"A":{"type":"array","items":{"$ref":"#/$defs/A"}}},"$ref":"#/$defs/A"})";
    CHECK(strict(cycle) == cycle);
    std::string deep;
    for (int i = 0; i < 450; ++i) deep += "{\"items\":";
    deep += "true";
    for (int i = 0; i < 450; ++i) deep += ",\"type\":\"array\"}";
    CHECK(strict_schema(deep));
}
