#include "json/cursor.h"

#include "json/value.h"

#include <doctest/doctest.h>

#include <string>

using namespace ogem;
using json::Cursor;

namespace {

std::string complaint_of(std::string_view text) {
    Cursor c(text);
    c.value();
    return c.finish() ? "" : c.error().message;
}

}  // namespace

TEST_CASE("a cursor enters what is asked for and skips the rest") {
    Cursor c(R"( {"a":[1,{"b":"x"}], "c" : {"d":null} ,"e":-1.5e3} )");
    std::string seen;
    std::string_view name;
    for (c.enter_object(); c.next_member(name);) {
        seen += std::string(name) + "=";
        if (c.peek() != '[') {
            seen += std::string(c.value()) + ";";
            continue;
        }
        for (c.enter_array(); c.next_element();) seen += std::string(c.value()) + "|";
    }
    CHECK(c.finish());
    CHECK(seen == R"(a=1|{"b":"x"}|c={"d":null};e=-1.5e3;)");
}

TEST_CASE("a value that was neither entered nor taken is a failure, not an endless loop") {
    Cursor c("[[1],2]");
    int elements = 0;
    for (c.enter_array(); c.next_element();) ++elements;
    CHECK(elements == 1);
    CHECK(c.failed());
}

TEST_CASE("a cursor gives raw values without the space around them") {
    Cursor c("[ 1 , \"x\\n\" ,{ \"a\" : [ ] } , true ]");
    std::string seen;
    for (c.enter_array(); c.next_element();) seen += std::string(c.value()) + "|";
    CHECK(c.finish());
    CHECK(seen == "1|\"x\\n\"|{ \"a\" : [ ] }|true|");
}

TEST_CASE("after a failure a cursor does nothing and remembers the first reason") {
    Cursor c(R"({"a":1 "b":2})");
    std::string_view name;
    int members = 0;
    for (c.enter_object(); c.next_member(name); ++members) c.value();
    CHECK(members == 1);
    CHECK(c.value().empty());
    CHECK_FALSE(c.next_element());
    CHECK_FALSE(c.finish());
    CHECK(c.error().message == "not valid JSON: expected a comma or the end at byte 8");
    CHECK(c.error().kind == Kind::invalid);
}

TEST_CASE("a cursor takes exactly what a strict parser takes") {
    for (const std::string text : {
             "{}",
             "[]",
             "0",
             "-0",
             "1.5E+3",
             "\"\"",
             "true",
             "null",
             " [1,2] ",
             "[[[]]]",
             "{\"a\":{\"b\":[{}]}}",
             "\"\\u00e9\\n\\/\"",
             "\"é漢👋\"",
             "",
             " ",
             "{",
             "[",
             "}",
             "]",
             "[}",
             "{]",
             "[1,]",
             "[,1]",
             "{,}",
             "{\"a\"}",
             "{\"a\":}",
             "{\"a\":1,}",
             "{a:1}",
             "[1 2]",
             "01",
             "1.",
             ".5",
             "-",
             "+1",
             "1e",
             "tru",
             "truex",
             "nul",
             "\"",
             "\"\\\"",
             "\"\\x\"",
             "\"\\u12g4\"",
             "\"\n\"",
             "\"\xff\"",
             "\"\xc3\"",
             "\"\xed\xa0\x80\"",
             "\"\xf4\x90\x80\x80\"",
             "\"\xe6\xbc\"",
             "1 2",
             "[]]",
             "NaN",
             "Infinity",
             "'a'",
             "// x\n1",
         }) {
        CAPTURE(text);
        CHECK(complaint_of(text).empty() == nlohmann::json::accept(text));
    }
}

TEST_CASE("a NUL byte is refused wherever it stands") {
    using namespace std::string_literals;
    for (const auto& text : {"\0"s, "[1,\0]"s, "\"a\0b\""s, "\"\\\0\""s, "{}\0"s})
        CHECK(complaint_of(text) != "");
}

TEST_CASE("nesting is bounded, so that hostile text cannot exhaust the stack") {
    const auto nested = [](std::size_t depth) {
        return std::string(depth, '[') + std::string(depth, ']');
    };
    CHECK(complaint_of(nested(Cursor::kMaxDepth)) == "");
    CHECK(complaint_of(nested(Cursor::kMaxDepth + 1)) ==
          "not valid JSON: nested too deep at byte 501");
    CHECK(complaint_of(std::string(1'000'000, '[')) != "");
}

TEST_CASE("long strings are searched eight bytes at a time without missing one") {
    for (std::size_t length = 0; length < 40; ++length) {
        const std::string plain(length, 'x');
        CHECK(complaint_of("\"" + plain + "\"") == "");
        CHECK(complaint_of("\"" + plain + "\x1f\"") != "");
        CHECK(complaint_of("\"" + plain + "\xc3\xa9\\\\\"") == "");
        CHECK(complaint_of("\"" + plain + "\x7f~ !#[]\"") == "");
    }
}
