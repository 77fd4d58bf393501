#include "json/value.h"

#include <doctest/doctest.h>

using namespace ogem;

TEST_CASE("a document keeps the order of its members") {
    const auto value = json::parse(R"({"z":1,"a":[true]})");
    REQUIRE(value);
    CHECK(value->dump() == R"({"z":1,"a":[true]})");
}

TEST_CASE("a broken document is refused with the place where it breaks") {
    const auto value = json::parse(R"({"a":})");
    REQUIRE_FALSE(value);
    CHECK(value.error().kind == Kind::invalid);
    CHECK(value.error().message == "not valid JSON: byte 6 of 6");
}

TEST_CASE("a number beyond all numbers is refused, not thrown") {
    const auto value = json::parse("[1e999]");
    REQUIRE_FALSE(value);
    CHECK(value.error().message == "not usable JSON: a number in it is too large");
}
