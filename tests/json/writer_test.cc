#include "json/writer.h"

#include "json/value.h"

#include <doctest/doctest.h>

#include <limits>

namespace json = ogem::json;
using json::Writer;

TEST_CASE("objects and arrays get their commas and nothing else") {
    std::string out;
    Writer w(out);
    w.begin_object().key("a").value(1).key("b").begin_array().value("x").null().value(false);
    w.begin_object().end_object().end_array().key("c").raw("[1]").key("d").value(2.5).end_object();
    CHECK(out == R"({"a":1,"b":["x",null,false,{}],"c":[1],"d":2.5})");
}

TEST_CASE("a string is escaped so that it stays on one line") {
    CHECK(json::quoted("a\"b\\c\nd\re\tf\x01") == R"("a\"b\\c\nd\re\tf\u0001")");
    CHECK(json::quoted("é👋") == "\"é👋\"");
}

TEST_CASE("bytes that are not UTF-8 become the replacement character") {
    constexpr auto* kBad = "\"\xef\xbf\xbd\"";
    CHECK(json::quoted("\xff") == kBad);
    CHECK(json::quoted("\xc3") == kBad);
    CHECK(json::quoted("\xc0\x80") == "\"\xef\xbf\xbd\xef\xbf\xbd\"");                  // overlong
    CHECK(json::quoted("\xed\xa0\x80") == "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");  // surrogate
}

TEST_CASE("a number that JSON cannot say is written as null") {
    std::string out;
    Writer w(out);
    w.begin_array().value(std::numeric_limits<double>::quiet_NaN()).value(1).end_array();
    CHECK(out == "[null,1]");
}

TEST_CASE("what the writer wrote, the parser reads") {
    std::string text;
    for (int c = 0; c < 256; ++c) text += static_cast<char>(c);
    const auto value = json::parse(json::quoted(text));
    REQUIRE(value);
    CHECK(value->get<std::string>().substr(0, 128) == text.substr(0, 128));
}
