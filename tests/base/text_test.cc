#include "base/text.h"

#include <doctest/doctest.h>

using namespace ogem;

TEST_CASE("cat joins text and numbers") {
    CHECK(cat("line ", 14, ':', 2.5, ' ', std::string("x")) == "line 14:2.5 x");
}

TEST_CASE("trim takes space from both ends only") {
    CHECK(trim(" \t a b\r\n") == "a b");
    CHECK(trim("  ") == "");
}

TEST_CASE("split keeps empty pieces") {
    CHECK(split("a,,b", ',') == std::vector<std::string_view>{"a", "", "b"});
    CHECK(split("", ',') == std::vector<std::string_view>{""});
}

TEST_CASE("case is ignored in ASCII") {
    CHECK(equal_ignoring_case("Content-Type", "content-type"));
    CHECK(starts_with_ignoring_case("BEARER x", "bearer "));
    CHECK_FALSE(starts_with_ignoring_case("Bear", "bearer "));
    CHECK(to_lower("AbÄ") == "abÄ");
}

TEST_CASE("a text whose memory is freed keeps none of it") {
    std::string text(1000, 'x');
    free_memory(text);
    CHECK(text.empty());
    CHECK(text.capacity() < 100);
}
