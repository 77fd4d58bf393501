#include "wire/gemini/schema.h"

#include "json/value.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::wire::gemini;

namespace {

struct Row {
    const char *json_schema, *schema;
};

std::string converted(std::string_view schema) {
    const auto result = converted_schema(schema);
    return result ? json::Value::parse(*result).dump() : "error: " + result.error().message;
}

void check(std::initializer_list<Row> rows) {
    for (const auto& row : rows) {
        CAPTURE(row.json_schema);
        const auto result = converted_schema(row.json_schema);
        REQUIRE(result);
        CAPTURE(*result);
        // Unordered comparison: nlohmann::json sorts members.
        CHECK(nlohmann::json::parse(*result) == nlohmann::json::parse(row.schema));
    }
}

std::string nested(int levels) {
    std::string text;
    for (int i = 0; i < levels; ++i) text += R"({"type":"array","items":)";
    text += R"({"type":"integer"})";
    return text + std::string(static_cast<std::size_t>(levels), '}');
}

}  // namespace

TEST_CASE("references are put in place, and what stands beside them wins") {
    check({
        {R"({"$ref":"#/$defs/a","$defs":{"a":{"type":"integer"}}})", R"({"type":"INTEGER"})"},
        {R"({"$ref":"#/definitions/a~1b%25","definitions":{"a/b%":{"type":"integer"}}})",
         R"({"type":"INTEGER"})"},
        {R"({"$ref":"#/$defs/a","description":"mine","$defs":{"a":{"$ref":"#/$defs/b","description":"x"},
           "b":{"type":"boolean"}}})",
         R"({"type":"BOOLEAN","description":"mine"})"},
        {R"({"$ref":"https://elsewhere/x","type":"number"})", R"({"type":"NUMBER"})"},
        {R"({"$ref":"#/$defs/none"})", R"({"type":"STRING"})"},
        {R"({"type":"object","properties":{"a":{"type":"string"},"b":{"$ref":"#/properties/a"}}})",
         R"({"type":"OBJECT","properties":{"a":{"type":"STRING"},"b":{"type":"STRING"}}})"},
    });
}

TEST_CASE("a cycle of references is cut to an object with its description (pitfall 46)") {
    check({
        {R"({"type":"object","properties":{"child":{"$ref":"#","description":"next"}}})",
         R"({"type":"OBJECT","properties":{"child":{"type":"OBJECT","description":"next",
            "properties":{"child":{"type":"OBJECT","description":"next"}}}}})"},
        {R"({"$ref":"#/$defs/n","$defs":{"n":{"description":"node","type":"object","properties":
            {"kids":{"type":"array","items":{"$ref":"#/$defs/n"}}}}}})",
         R"({"type":"OBJECT","description":"node","properties":{"kids":{"type":"ARRAY","items":
            {"type":"OBJECT","description":"node"}}}})"},
        {R"({"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}})",
         R"({"type":"STRING"})"},
        {R"({"allOf":[{"$ref":"#"}]})", R"({"type":"STRING"})"},
    });
}

TEST_CASE("references that multiply are refused, not expanded") {
    std::string bomb = R"({"$ref":"#/$defs/d0","$defs":{)";
    for (int i = 0; i < 60; ++i) {
        const auto next = R"({"$ref":"#/$defs/d)" + std::to_string(i + 1) + "\"}";
        bomb += "\"d" + std::to_string(i) + R"(":{"type":"object","properties":{"a":)" + next +
                ",\"b\":" + next + "}},";
    }
    bomb += R"("d60":{"type":"string"}}})";
    CHECK(converted(bomb) == "error: the schema is too large once its $ref are in place");
    const auto long_text = R"({"properties":{"a":{"$ref":"#/$defs/x"},"b":{"$ref":"#/$defs/x"}},)"
                           R"("$defs":{"x":{"description":")" +
                           std::string(600'000, 'x') + "\"}}}";
    CHECK(converted(long_text) == "error: the schema is too large once its $ref are in place");
    CHECK(converted("{\"description\":\"" + std::string(1u << 20, 'x') + "\"}") ==
          "error: the schema is too large");
}

TEST_CASE("allOf is merged, oneOf is anyOf") {
    check({
        {R"({"allOf":[{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]},
            {"properties":{"b":{"type":"integer"},"a":{"type":"number"}},"required":["b","a"]}],"title":"t"})",
         R"({"type":"OBJECT","title":"t","properties":{"a":{"type":"STRING"},"b":{"type":"INTEGER"}},
            "required":["a","b"]})"},
        {R"({"oneOf":[{"type":"string"},{"type":"integer"}]})",
         R"({"anyOf":[{"type":"STRING"},{"type":"INTEGER"}]})"},
        {R"({"anyOf":[{"type":"string"}],"oneOf":[{"type":"integer"}],"description":"d"})",
         R"({"description":"d","anyOf":[{"type":"STRING"},{"type":"INTEGER"}]})"},
    });
}

TEST_CASE("null is said by nullable") {
    check({
        {R"({"type":["string","null"]})", R"({"type":"STRING","nullable":true})"},
        {R"({"type":["string","integer","null"]})",
         R"({"nullable":true,"anyOf":[{"type":"STRING"},{"type":"INTEGER"}]})"},
        {R"({"anyOf":[{"type":"integer","description":"x"},{"type":"null"}],"description":"y"})",
         R"({"type":"INTEGER","nullable":true,"description":"y"})"},
        {R"({"anyOf":[{"type":"null"},{"$ref":"#/$defs/a"}],"$defs":{"a":{"type":"object","properties":
            {"x":{"type":"string"}}}}})",
         R"({"type":"OBJECT","nullable":true,"properties":{"x":{"type":"STRING"}}})"},
        {R"({"anyOf":[{"type":"string"},{"type":"integer"},{"type":["null"]}]})",
         R"({"nullable":true,"anyOf":[{"type":"STRING"},{"type":"INTEGER"}]})"},
        {R"({"anyOf":[{"oneOf":[{"const":null},{"type":"boolean"}]}]})",
         R"({"type":"BOOLEAN","nullable":true})"},
        {R"({"type":"string","nullable":true})", R"({"type":"STRING","nullable":true})"},
        {R"({"enum":["a",null]})", R"({"type":"STRING","enum":["a"],"nullable":true})"},
    });
}

TEST_CASE("constants and enumerations keep their strings and note the rest") {
    check({
        {R"({"const":"open"})", R"({"type":"STRING","enum":["open"]})"},
        {R"({"const":5})", R"({"type":"INTEGER"})"},
        {R"({"const":true})", R"({"type":"BOOLEAN"})"},
        {R"({"enum":[1,2]})", R"({"type":"INTEGER","description":"one of: 1, 2"})"},
        {R"({"type":"number","enum":[1,2.5],"description":"size"})",
         R"({"type":"NUMBER","description":"size; one of: 1, 2.5"})"},
        {R"({"enum":["a",1]})", R"({"type":"STRING","description":"one of: \"a\", 1"})"},
    });
}

TEST_CASE("arrays say what they hold, typeless nodes what they are") {
    check({
        {R"({"type":"array"})", R"({"type":"ARRAY","items":{"type":"STRING"}})"},
        {R"({"type":"array","items":true})", R"({"type":"ARRAY","items":{"type":"STRING"}})"},
        {R"({"prefixItems":[{"type":"string"},{"type":"integer"}]})",
         R"({"type":"ARRAY","items":{"anyOf":[{"type":"STRING"},{"type":"INTEGER"}]}})"},
        {R"({"items":{"type":"integer"}})", R"({"type":"ARRAY","items":{"type":"INTEGER"}})"},
        {R"({"properties":{"a":{}}})", R"({"type":"OBJECT","properties":{"a":{"type":"STRING"}}})"},
        {R"({"properties":{"a":true}})",
         R"({"type":"OBJECT","properties":{"a":{"type":"STRING"}}})"},
        {"{}", R"({"type":"STRING"})"},
        {R"({"type":"anything"})", R"({"type":"STRING"})"},
        {R"({"type":"Object","properties":{}})", R"({"type":"OBJECT"})"},
    });
}

TEST_CASE(
    "only keywords of a Schema remain, and names of properties are no keywords (pitfall 45)") {
    check({
        {R"({"type":"object","$schema":"x","additionalProperties":false,"patternProperties":{},"not":{},
            "if":{},"properties":{"additionalProperties":{"type":"string"},"$ref":{"type":"integer"},
            "allOf":{"type":"array","items":{"type":"string","uniqueItems":true}}},
            "required":["$ref","ghost"],"default":{"not":1,"$ref":2},"minProperties":1})",
         R"({"type":"OBJECT","properties":{"additionalProperties":{"type":"STRING"},"$ref":{"type":"INTEGER"},
            "allOf":{"type":"ARRAY","items":{"type":"STRING"}}},"required":["$ref"],
            "default":{"not":1,"$ref":2},"minProperties":1})"},
        {R"({"type":"string","format":"date-time","pattern":"x","minLength":1,"maxLength":2,"title":"t",
            "example":"e","examples":["e"]})",
         R"({"type":"STRING","format":"date-time","pattern":"x","minLength":1,"maxLength":2,"title":"t","example":"e"})"},
        {R"({"type":"string","format":"regex"})", R"({"type":"STRING"})"},
        {R"({"type":"integer","format":"int64","minimum":1,"maximum":1e3})",
         R"({"type":"INTEGER","format":"int64","minimum":1,"maximum":1e3})"},
        {R"({"type":"number","exclusiveMinimum":0,"exclusiveMaximum":1.5,"description":"share"})",
         R"({"type":"NUMBER","minimum":0,"maximum":1.5,"description":"share; greater than 0; less than 1.5"})"},
    });
}

TEST_CASE("a schema deeper than 64 levels is cut") {
    const auto cut = converted(nested(100));
    CHECK(cut.find("INTEGER") == std::string::npos);
    CHECK(cut.find(R"("items":{"type":"OBJECT"})") != std::string::npos);
    CHECK(converted(nested(63)).find("INTEGER") != std::string::npos);
    CHECK(converted(nested(2'000)).starts_with("error: not valid JSON: nested too deep"));
}

TEST_CASE("what is no schema is refused") {
    CHECK(converted("[]") == "error: a schema must be an object");
    CHECK(converted("{").starts_with("error: not valid JSON"));
    CHECK(converted("").starts_with("error: not valid JSON"));
}

TEST_CASE("an object without properties takes nothing") {
    CHECK(takes_nothing(R"({"type":"object","properties":{}})"));
    CHECK(takes_nothing(R"({"type":"object"})"));
    CHECK(takes_nothing(""));
    CHECK_FALSE(takes_nothing(R"({"properties":{"a":{}}})"));
    CHECK_FALSE(takes_nothing(R"({"type":"object","anyOf":[]})"));
}
