#include "json/scan.h"

#include "support/padded.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::json;
using ogem::test::Padded;

namespace {

// The members as "name=value;" or the complaint.
std::string scanned(std::string_view text) {
    const Padded padded(text);
    std::vector<Member> members;
    const auto result = scan_object(padded, members);
    if (!result) return result.error().message;
    std::string out;
    for (const auto& member : members)
        out += std::string(member.name) + "=" + std::string(member.value) + ";";
    return out;
}

bool refused(std::string_view text) {
    const Padded padded(text);
    std::vector<Member> members;
    const auto result = scan_object(padded, members);
    return !result && result.error().kind == Kind::invalid;
}

std::string elements_of(std::string_view text) {
    const Padded padded(text);
    std::vector<std::string_view> elements;
    if (!scan_array(padded, elements)) return "refused";
    std::string out;
    for (const auto element : elements) out += std::string(element) + "|";
    return out;
}

}  // namespace

TEST_CASE("a scan gives every member as it stands in the text") {
    CHECK(scanned(R"({})") == "");
    CHECK(scanned(R"( { "a" : 1 , "b":"x\"y" , "c": [1, {"d":2}] ,"e":{"f":null}, "g":true } )") ==
          R"(a=1;b="x\"y";c=[1, {"d":2}];e={"f":null};g=true;)");
}

TEST_CASE("a scan keeps both of two equal names: the reader decides") {
    CHECK(scanned(R"({"a":1,"a":2})") == "a=1;a=2;");
}

TEST_CASE("a text that is not one JSON object is refused") {
    for (const auto* text : {"",
                             " ",
                             "[]",
                             "1",
                             "\"x\"",
                             "null",
                             "{",
                             "}",
                             "{\"a\"",
                             "{\"a\":",
                             "{\"a\":1",
                             "{\"a\":1,}",
                             "{a:1}",
                             "{\"a\" 1}",
                             "{\"a\":1 \"b\":2}",
                             "{} {}",
                             "{}x",
                             "{\"a\":1}}",
                             "{\"a\":\"x}",
                             "{\"a\":\"\xff\"}",
                             "{\"a\":\"\n\"}",
                             "<html></html>"}) {
        CAPTURE(text);
        CHECK(refused(text));
    }
}

TEST_CASE("a text cut anywhere is never taken for whole") {
    const std::string whole =
        R"({"model":"gpt-4","messages":[{"role":"user","content":"h\\i\""}]})";
    CHECK_FALSE(refused(whole));
    for (std::size_t cut = 0; cut < whole.size(); ++cut) {
        CAPTURE(cut);
        CHECK(refused(whole.substr(0, cut)));
    }
}

TEST_CASE("an array is scanned like an object") {
    CHECK(elements_of("[]") == "");
    CHECK(elements_of(R"( [ {"a":[1]} , "x" ,3 ] )") == R"({"a":[1]}|"x"|3|)");
    CHECK(elements_of("{}") == "refused");
    CHECK(elements_of("[1,2") == "refused");
    CHECK(elements_of("[1] 2") == "refused");
}

TEST_CASE("a name is found however it is spelled") {
    const Padded text(R"({"mod\u0065l":"x"})");
    std::vector<Member> members;
    REQUIRE(scan_object(text, members));
    CHECK(find(members, "model") == "\"x\"");
    CHECK_FALSE(find(members, "mode"));
}

TEST_CASE("a long text leaves the parser as good as before") {
    const std::string long_text = "{\"a\":\"" + std::string(3u << 20, 'x') + "\"}";
    CHECK(scanned(long_text).size() == (3u << 20) + 5);
    CHECK(scanned(R"({"a":1})") == "a=1;");
}
