#include "wire/retry_after.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::wire;

TEST_CASE("retry-after-ms goes before retry-after") {
    CHECK(retry_after_of({{"Retry-After-Ms", "1500.5"}, {"Retry-After", "9"}}) == 1'500'500us);
    CHECK(retry_after_of({{"retry-after-ms", "soon"}, {"Retry-After", "9"}}) == 9s);
}

TEST_CASE("retry-after is seconds or a date counted from the answer's own") {
    CHECK(retry_after_of({{"Retry-After", "30"}}) == 30s);
    CHECK(retry_after_of({{"Retry-After", " 0.5 "}}) == 500ms);
    const Header date{"Date", "Sun, 06 Nov 1994 08:49:37 GMT"};
    CHECK(retry_after_of({date, {"Retry-After", "Sun, 06 Nov 1994 08:50:07 GMT"}}) == 30s);
    CHECK(retry_after_of({{"Retry-After", "Sun, 06 Nov 1994 08:50:07 GMT"}}) == 0s);
}

TEST_CASE("a hint that makes no sense is no hint") {
    CHECK(retry_after_of({}) == 0s);
    for (const auto* value : {"", "-5", "abc", "5s", "nan", "inf", "0x5"}) {
        CAPTURE(value);
        CHECK(retry_after_of({{"Retry-After", value}}) == 0s);
    }
    const Header date{"Date", "Sun, 06 Nov 1994 08:49:37 GMT"};
    CHECK(retry_after_of({date, {"Retry-After", "Sun, 06 Nov 1994 08:49:07 GMT"}}) == 0s);
}

TEST_CASE("a hint is believed for a week at most") {
    CHECK(retry_after_of({{"Retry-After", "99999999999999999999999"}}) == kMaxRetryAfter);
}

TEST_CASE("an HTTP date is read to the second") {
    CHECK(parse_http_date("Thu, 01 Jan 1970 00:00:00 GMT") == 0);
    CHECK(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT") == 784111777);
    CHECK(parse_http_date("Thu, 29 Feb 2024 23:59:60 GMT") == 1709251200);
    for (const auto* text : {"", "Sun, 06 Nov 1994 08:49:37", "Sunday, 06-Nov-94 08:49:37 GMT",
                             "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 anF 1994 08:49:37 GMT",
                             "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 08:49:-7 GMT",
                             "Sun, -6 Nov 1994 08:49:37 GMT"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_http_date(text));
    }
}
