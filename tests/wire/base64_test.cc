#include "wire/base64.h"

#include <doctest/doctest.h>

using namespace ogem::wire;

TEST_CASE("base64 is that of RFC 4648 section 10") {
    CHECK(base64("") == "");
    CHECK(base64("f") == "Zg==");
    CHECK(base64("fo") == "Zm8=");
    CHECK(base64("foobar") == "Zm9vYmFy");
    CHECK(base64("\xfb\xff\xbf") == "+/+/");
}

TEST_CASE("base64url has no padding and no characters that a URL or a file name minds") {
    CHECK(base64url("") == "");
    CHECK(base64url("f") == "Zg");
    CHECK(base64url("foobar") == "Zm9vYmFy");
    CHECK(base64url("\xfb\xff\xbf") == "-_-_");
}
