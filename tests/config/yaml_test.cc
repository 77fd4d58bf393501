#include "config/text/node.h"

#include <doctest/doctest.h>

#include <string>

using namespace ogem::config;

namespace {

std::string failure(const std::string& text) {
    const auto document = read_yaml(text, "c.yaml");
    return document ? "read" : to_text(document.error());
}

}  // namespace

TEST_CASE("every value knows its line and column, counted from 1") {
    const auto document = read_yaml("a: 1\nb:\n  - x\n  - {c: \"y\"}\n", "c.yaml");
    REQUIRE(document);
    const auto& root = *document->root;
    REQUIRE(root.entries.size() == 2);
    CHECK(root.entries[0].value->line == 1);
    CHECK(root.entries[0].value->column == 4);
    const auto& list = *root.entries[1].value;
    REQUIRE(list.items.size() == 2);
    CHECK(list.items[0]->line == 3);
    CHECK(list.items[0]->column == 5);
    CHECK(list.items[1]->entries[0].key->column == 6);
    CHECK(list.items[1]->entries[0].value->text == "y");
}

TEST_CASE("no text and only comments are an empty configuration") {
    for (const auto* text : {"", "\n", "# nothing\n", "---\n", "\xef\xbb\xbf# bom\n"}) {
        const auto document = read_yaml(text, "c.yaml");
        REQUIRE(document);
        CHECK(document->root->type == Node::Type::null);
    }
}

TEST_CASE("what is not YAML is told with its place [E100]") {
    CHECK(failure("a: [1, 2\nb: 3\n").starts_with("c.yaml:2:"));
    CHECK(failure("a: b: c\n").find("this is not YAML") != std::string::npos);
    CHECK(failure("\tport: 1\n").find("[E100]") != std::string::npos);
    CHECK(failure("a: 1\nb: \x04\n") ==
          "c.yaml:2:4: error: byte 4 is a control character; a configuration is UTF-8 text [E100]");
    CHECK(failure("a: *nowhere\n").find("[E100]") != std::string::npos);
}

TEST_CASE("an anchor may be used again, but not multiply without bounds [E103]") {
    const auto document = read_yaml("x-m: &m {rpm: 1}\na: *m\n", "c.yaml");
    REQUIRE(document);
    CHECK(document->root->entries[1].value == document->root->entries[0].value);

    std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 12; ++i) {
        const auto last = "*a" + std::to_string(i - 1);
        bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + last;
        for (int j = 0; j < 9; ++j) bomb += ", " + last;
        bomb += "]\n";
    }
    CHECK(failure(bomb).find("aliases make more than 100000 values [E103]") != std::string::npos);
    CHECK(failure("a: &a [*a]\n").find("this alias stands inside its own anchor [E103]") !=
          std::string::npos);
}

TEST_CASE("depth, length and number of documents are bounded [E103]") {
    CHECK(failure(std::string(65, '[') + std::string(65, ']')).find("64 levels deep [E103]") !=
          std::string::npos);
    CHECK(failure(std::string(100'000, '[')).find("[E103]") != std::string::npos);
    CHECK(failure("#" + std::string(1 << 20, 'x')) ==
          "c.yaml: error: the file has 1048577 bytes; 1 MiB is the most [E103]");
    CHECK(failure("a: 1\n---\nb: 2\n") ==
          "c.yaml:3:1: error: a second document begins here; keep one document in a file [E103]");
    std::string many = "a: [";
    for (int i = 0; i < 100'001; ++i) many += "1,";
    CHECK(failure(many + "1]\n").find("more than 100000 values [E103]") != std::string::npos);
}

TEST_CASE("a key must be plain text [E104]") {
    CHECK(failure("[a]: 1\n").find("a key must be plain text") != std::string::npos);
    CHECK(failure("~: 1\n").find("[E104]") != std::string::npos);
}
