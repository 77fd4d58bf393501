#include "base/size.h"

#include <doctest/doctest.h>

using namespace ogem;

TEST_CASE("KB is a power of 1000, KiB of 1024 (contract section 3)") {
    CHECK(parse_size("1KB") == 1000);
    CHECK(parse_size("1KiB") == 1024);
    CHECK(parse_size("200MB") == 200'000'000);
    CHECK(parse_size("512MiB") == 512LL << 20);
    CHECK(parse_size("2GiB") == 2LL << 30);
    CHECK(parse_size("20 mb") == 20'000'000);
    CHECK(parse_size("1.5GiB") == 3LL << 29);
    CHECK(parse_size("10_000") == 10'000);
    CHECK(parse_size("4096B") == 4096);
    CHECK(parse_size("0") == 0);
    CHECK(parse_size("-1MB") == -1'000'000);
}

TEST_CASE("what is not a size says so") {
    for (const auto* text :
         {"", "MB", "1XB", "1M", "1..5MB", "--1", "1 2MB", "9999999999GB", "nan"})
        CHECK_MESSAGE(!parse_size(text), text);
    CHECK(parse_size("big").error().message ==
          "\"big\" is not a size; write for example 64KiB, 20MB or 2GiB");
}

TEST_CASE("a size is printed as it would be written") {
    for (const auto* text : {"512MiB", "200MB", "2GiB", "20MB", "32KiB", "4097B", "0", "-1MB"})
        CHECK(size_text(*parse_size(text)) == text);
}
