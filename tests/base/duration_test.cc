#include "base/duration.h"

#include <doctest/doctest.h>

#include <chrono>

using namespace ogem;

namespace {

Duration parsed(std::string_view text) {
    const auto result = parse_duration(text);
    REQUIRE_MESSAGE(result, std::string(text));
    return *result;
}

}  // namespace

TEST_CASE("durations follow Go's grammar (A7)") {
    CHECK(parsed("300ms") == 300ms);
    CHECK(parsed("1h30m") == 90min);
    CHECK(parsed("1.5h") == 90min);
    CHECK(parsed(".5s") == 500ms);
    CHECK(parsed("1.s") == 1s);
    CHECK(parsed("1m0.25s") == 60250ms);
    CHECK(parsed("10us") == 10us);
    CHECK(parsed("10\xc2\xb5s") == 10us);
    CHECK(parsed("10\xce\xbcs") == 10us);
    CHECK(parsed("7ns") == 7ns);
    CHECK(parsed("1.0000000019s") == std::chrono::nanoseconds(1'000'000'001));
    CHECK(parsed("-2s") == -2s);
    CHECK(parsed("+2s") == 2s);
}

TEST_CASE("a bare 0 is allowed, any other bare number is not (section 2 row 31)") {
    CHECK(parsed("0") == 0s);
    CHECK(parsed("0s") == 0s);
    CHECK(parse_duration("60").error().message ==
          "\"60\" is not a duration: it has no unit; write for example 60s or 60m");
    CHECK(parse_duration("1.5").error().kind == Kind::invalid);
    CHECK_FALSE(parse_duration("1_0").has_value());
}

TEST_CASE("what is not a duration says so") {
    for (const auto* text : {"", "-", "h", ".h", "1x", "1 h", " 1h", "1h ", "1h30", "s1", "1..5h",
                             "1e3s", "99999999999h", "3000000h"})
        CHECK_MESSAGE(!parse_duration(text), text);
    CHECK(parse_duration("soon").error().message ==
          "\"soon\" is not a duration; write for example 300ms, 30s or 1h30m");
}

TEST_CASE("a duration is printed as it would be written") {
    for (const auto* text : {"0", "300ms", "1h30m", "1m", "24h", "1s500ms", "7ns", "-2s"})
        CHECK(duration_text(parsed(text)) == text);
    CHECK(duration_text(Duration::min()).starts_with("-"));
}
