#include "json/scan.h"

#include <doctest/doctest.h>

using namespace ogem::json;

TEST_CASE("a string loses its quotes and escapes") {
    CHECK(string_of(R"("")") == "");
    CHECK(string_of(R"("gpt-4")") == "gpt-4");
    CHECK(string_of(R"("\"\\\/\b\f\n\r\t")") == "\"\\/\b\f\n\r\t");
    CHECK(string_of(R"("\u0041\u00e9\u20ac\ud83d\udc4b")") == "Aé€👋");
}

TEST_CASE("half a surrogate pair becomes the replacement character") {
    CHECK(string_of(R"("\ud83dx")") == "\xef\xbf\xbdx");
    CHECK(string_of(R"("\udc4b")") == "\xef\xbf\xbd");
    CHECK(string_of(R"("\ud83d\u0041")") ==
          "\xef\xbf\xbd"
          "A");
}

TEST_CASE("what is not a string, or badly escaped, gives nothing") {
    for (const auto* raw : {"", "\"", "x", "1", "null", R"("a"b")", R"("\x")", R"("\u12")",
                            R"("\u+123")", R"("\)", R"("\")"}) {
        CAPTURE(raw);
        CHECK_FALSE(string_of(raw));
    }
}

TEST_CASE("numbers follow the grammar of JSON") {
    CHECK(integer_of("42") == 42);
    CHECK(integer_of("-7") == -7);
    CHECK(number_of("1.5e3") == 1500.0);
    CHECK(number_of("-0.0") == 0.0);
    CHECK_FALSE(integer_of("3.0"));
    CHECK_FALSE(integer_of("99999999999999999999"));
    for (const auto* raw :
         {"", "-", "+1", "007", "1.", ".5", "inf", "nan", "1e", "0x10", "1 ", "\"1\""}) {
        CAPTURE(raw);
        CHECK_FALSE(number_of(raw));
    }
}

TEST_CASE("a boolean is true or false and nothing else") {
    CHECK(boolean_of("true") == true);
    CHECK(boolean_of("false") == false);
    CHECK_FALSE(boolean_of("True"));
    CHECK_FALSE(boolean_of("1"));
    CHECK_FALSE(boolean_of("\"true\""));
}
