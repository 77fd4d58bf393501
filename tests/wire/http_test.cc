#include "wire/http.h"

#include <doctest/doctest.h>

using namespace ogem::wire;

TEST_CASE("a header is found whatever its case, and the first one counts") {
    const Headers headers{{"Content-Type", "text/event-stream"}, {"x-a", "1"}, {"X-A", "2"}};
    CHECK(header(headers, "content-type") == "text/event-stream");
    CHECK(header(headers, "X-A") == "1");
    CHECK(header(headers, "x-b") == "");
}

TEST_CASE("a status has its words") {
    CHECK(reason_of(200) == "OK");
    CHECK(reason_of(404) == "Not Found");
    CHECK(reason_of(431) == "Request Header Fields Too Large");
    CHECK(reason_of(599) == "Unknown");
}
