#include "base/nearest.h"

#include <doctest/doctest.h>

using namespace ogem;

using Words = std::vector<std::string>;

TEST_CASE("an edit is an insertion, a deletion, a replacement or a swap of neighbours") {
    CHECK(edit_distance("rpm", "rpm") == 0);
    CHECK(edit_distance("rpmm", "rpm") == 1);
    CHECK(edit_distance("rm", "rpm") == 1);
    CHECK(edit_distance("rbm", "rpm") == 1);
    CHECK(edit_distance("rmp", "rpm") == 1);
    CHECK(edit_distance("", "rpm") == 3);
    CHECK(edit_distance("OpenAI", "openai") == 0);
}

TEST_CASE("a misspelt word finds the one that was meant, nearest first") {
    const Words known{"name", "rpm", "tpm", "weight", "rate_key"};
    CHECK(nearest("rmp", known, 3) == Words{"rpm"});
    CHECK(nearest("tpn", known, 3) == Words{"tpm"});
    CHECK(nearest("rate-key", known, 3) == Words{"rate_key"});
    CHECK(nearest("wieght", known, 1) == Words{"weight"});
    CHECK(nearest("pm", known, 3) == Words{"rpm", "tpm"});
}

TEST_CASE("a word that is the beginning of another is near it, after misspelt ones") {
    const Words known{"gemini-1.5-pro-002", "gemini-1.5-pri"};
    CHECK(nearest("gemini-1.5-pro", known, 3) == Words{"gemini-1.5-pri", "gemini-1.5-pro-002"});
}

TEST_CASE("nothing is suggested for a word that resembles nothing") {
    CHECK(nearest("zzzz", {"rpm", "listen"}, 3).empty());
    CHECK(nearest("", {"rpm"}, 3).empty());
    CHECK(nearest(std::string(1 << 20, 'r'), {"rpm"}, 3).empty());
}

TEST_CASE("at most `limit` words are suggested") {
    CHECK(nearest("a1", {"a2", "a3", "a4", "a5"}, 2) == Words{"a2", "a3"});
}
