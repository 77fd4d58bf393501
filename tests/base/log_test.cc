#include "base/log.h"

#include <doctest/doctest.h>

using namespace ogem;

TEST_CASE("a line of the log has its fields after the event") {
    const auto line = log::line_of(log::Level::info, log::Format::text, 1700000000.25, "served",
                                   {{"model", "gpt-4"}, {"ms", 812}, {"said", "two words"}});
    CHECK(line == "2023-11-14T22:13:20.250Z info served model=gpt-4 ms=812 said=\"two words\"");
}

TEST_CASE("a newline in a value cannot forge a second line") {
    const auto line =
        log::line_of(log::Level::warn, log::Format::text, 0, "refused", {{"path", "/a\nb"}});
    CHECK(line.find('\n') == std::string::npos);
    CHECK(line.ends_with("path=\"/a\\u000ab\""));
}

TEST_CASE("json lines keep numbers as numbers") {
    const auto line = log::line_of(log::Level::error, log::Format::json, 0, "failed",
                                   {{"n", 3}, {"who", "a\"b"}});
    CHECK(
        line ==
        R"({"time":"1970-01-01T00:00:00.000Z","level":"error","event":"failed","n":3,"who":"a\"b"})");
}
