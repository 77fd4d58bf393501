#include "wire/url.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::wire;

TEST_CASE("a provider's address is taken apart") {
    CHECK(parse_url("https://api.openai.com/v1") == Url{true, "api.openai.com", 443, "/v1"});
    CHECK(parse_url("http://127.0.0.1:11434/v1/") == Url{false, "127.0.0.1", 11434, "/v1"});
    CHECK(parse_url("HTTP://LocalHost") == Url{false, "localhost", 80, ""});
    CHECK(parse_url("http://[::1]:8080/") == Url{false, "::1", 8080, ""});
    CHECK(parse_url("https://host?a=b") == Url{true, "host", 443, "/?a=b"});
}

TEST_CASE("the Host header names a port only where it is not the scheme's own") {
    CHECK(parse_url("https://a.b:443/x")->authority() == "a.b");
    CHECK(parse_url("https://a.b:80/x")->authority() == "a.b:80");
    CHECK(parse_url("http://[::1]:8080")->authority() == "[::1]:8080");
    CHECK(parse_url("http://[::1]")->authority() == "[::1]");
}

TEST_CASE("what is not a plain http URL is refused") {
    for (const auto* text :
         {"", "api.openai.com/v1", "ftp://a", "http://", "http:///v1", "http://a:0",
          "http://a:65536", "http://a:", "http://a:x", "http://a b/", "http://a/\r\nx-evil: 1",
          "http://[::1", "http://[]", "http://::1/", "http://[::1]x", "http://h\xc3\xb6st/",
          "http://a/#x", "http://a\\b/", "http://user@host/"}) {
        CAPTURE(text);
        const auto url = parse_url(text);
        REQUIRE_FALSE(url);
        CHECK(url.error().kind == Kind::invalid);
    }
}

TEST_CASE("a password inside a URL is refused and not repeated (promise 13)") {
    const auto url = parse_url("https://me:sesame@host/v1");
    REQUIRE_FALSE(url);
    CHECK(url.error().message.find("sesame") == std::string::npos);
}

TEST_CASE("percent escapes are undone, broken ones stay") {
    CHECK(percent_decoded("a%2Fb%40c%e4") == "a/b@c\xe4");
    CHECK(percent_decoded("100%") == "100%");
    CHECK(percent_decoded("%zz%4") == "%zz%4");
}

TEST_CASE("what is percent-encoded fits anywhere and comes back the same") {
    CHECK(percent_encoded("Az09-._~") == "Az09-._~");
    CHECK(percent_encoded("1//0g a+b&c=%\xe4\n") == "1%2F%2F0g%20a%2Bb%26c%3D%25%E4%0A");
    std::string every;
    for (int byte = 0; byte < 256; ++byte) every += static_cast<char>(byte);
    CHECK(percent_decoded(percent_encoded(every)) == every);
}

TEST_CASE("the query gives a value by name (C11)") {
    CHECK(query_value("/v1/models?vendor=open%2Fai&x=1", "vendor") == "open/ai");
    CHECK(query_value("/v1/models?a=1+2&a=3", "a") == "1 2");
    CHECK(query_value("/v1/models?vendor=", "vendor") == "");
    CHECK(query_value("/v1/models?vendor", "vendor") == "");
    CHECK(query_value("/v1/models", "vendor") == "");
    CHECK(query_value("/v1/models?avendor=x", "vendor") == "");
}
