#include "route/model_name.h"

#include <doctest/doctest.h>

#include <string>

using namespace ogem;
using namespace ogem::route;

TEST_CASE("a chain is split at commas, trimmed, empty elements dropped (C4)") {
    CHECK(split_chain("gpt-4 , claude-3-opus") ==
          std::vector<std::string_view>{"gpt-4", "claude-3-opus"});
    CHECK(split_chain(",gpt-4") == std::vector<std::string_view>{"gpt-4"});
    CHECK(split_chain("a,,\tb,") == std::vector<std::string_view>{"a", "b"});
}

TEST_CASE("a chain with nothing in it is the client's mistake (4.1)") {
    for (const auto* typed : {"", " ", ",", " , ,"}) {
        const auto chain = split_chain(typed);
        REQUIRE_FALSE(chain);
        CHECK(chain.error().kind == Kind::invalid);
    }
}

TEST_CASE("a chain is bounded") {
    std::string typed = "m";
    for (std::size_t i = 1; i < kMaxChain; ++i) typed += ",m";
    CHECK(split_chain(typed)->size() == kMaxChain);
    CHECK_FALSE(split_chain(typed + ",m"));
}

TEST_CASE("only the exact suffix @batch is cut off (4.1)") {
    CHECK(cut_batch_suffix("gpt-4@batch").name == "gpt-4");
    CHECK(cut_batch_suffix("gpt-4@batch").batch);
    for (const auto* name :
         {"claude-3-opus@20240229", "chat-bison@002", "gpt-4-batch", "gpt-4@Batch", "x@batch2"}) {
        CHECK(cut_batch_suffix(name).name == name);
        CHECK_FALSE(cut_batch_suffix(name).batch);
    }
}
