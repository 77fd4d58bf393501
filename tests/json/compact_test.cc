#include "json/compact.h"

#include <doctest/doctest.h>

using ogem::json::compact;

TEST_CASE("space between tokens goes, inside of strings it stays") {
    CHECK(compact("{ \"a b\" : [ 1.0 , true,\n\t\"x \\\" y\" ] , \"z\":{} }") ==
          "{\"a b\":[1.0,true,\"x \\\" y\"],\"z\":{}}");
    CHECK(compact(" 1e5 ") == "1e5");
    CHECK(compact("") == "");
}

TEST_CASE("text that is cut inside of a string is not read beyond its end") {
    CHECK(compact("{\"a\": \"b") == "{\"a\":\"b");
    CHECK(compact("{\"a\\") == "{\"a\\");
}
