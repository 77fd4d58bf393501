#include "wire/anthropic/free_text.h"

#include "support/fixture.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::test;

namespace {

std::string text_in(const Pieces& pieces) {
    wire::anthropic::FreeText reader;
    std::string out;
    for (const auto& piece : pieces) out += reader.feed(piece);
    return out + reader.finish();
}

}  // namespace

TEST_CASE("free text comes out of its JSON the same however that is cut") {
    const std::pair<const char*, const char*> cases[] = {
        {R"({"input":"a\n\"b\"\\"})", "a\n\"b\"\\"},
        {R"( { "input" : "\u00e4\ud83d\udc4b" , "x":1} )", "\u00e4\U0001f44b"},
        {R"({"input":"\ud83dx\udc4b"})", "\ufffdx\ufffd"},
        {R"({"input":"\ud83d\n"})", "\ufffd\n"},
        {R"({"input":""})", ""},
        {R"({"x":[1],"input":"later"})", "later"},
        {R"({"input":7})", R"({"input":7})"},
        {R"({"text":"other"})", R"({"text":"other"})"},
        {R"({"input)", R"({"input)"},
        {"{}", ""},
        {"", ""},
    };
    for (const auto& [json, expected] : cases) {
        CAPTURE(json);
        for (const auto& pieces : every_cut(json)) CHECK(text_in(pieces) == expected);
    }
}
