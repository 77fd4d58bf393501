#include "base/secret.h"

#include <doctest/doctest.h>

using ogem::Secret;

TEST_CASE("a secret matches itself and nothing else") {
    const Secret key("sk-0123456789abcdef");
    CHECK(key.matches("sk-0123456789abcdef"));
    CHECK_FALSE(key.matches("sk-0123456789abcdeF"));
    CHECK_FALSE(key.matches("sk-0123456789abcde"));
    CHECK_FALSE(key.matches("sk-0123456789abcdefsk-0123456789abcdef"));
    CHECK_FALSE(key.matches(""));
}

TEST_CASE("an empty secret matches nothing, not even nothing (O-13)") {
    CHECK_FALSE(Secret().matches(""));
    CHECK_FALSE(Secret("").matches("x"));
}

TEST_CASE("people see the ends of a long secret and nothing of a short one (promise 13)") {
    CHECK(Secret("sk-0123456789f3a1").masked() == "sk-...f3a1");
    CHECK(Secret("short").masked() == "***");
}
