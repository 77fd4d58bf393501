#include "net/gzip.h"

#include <doctest/doctest.h>

#include <optional>

using namespace ogem;
using net::gunzip;
using net::gzip;

namespace {

constexpr std::size_t kLimit = 1u << 20;

// `printf hello | gzip -n`
constexpr char kHello[] =
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xcb\x48\xcd\xc9\xc9\x07\x00\x86\xa6\x10\x36\x05\x00"
    "\x00\x00";
const std::string kHelloGz(kHello, sizeof kHello - 1);

std::optional<Kind> failure(std::string_view bytes, std::size_t limit = kLimit) {
    const auto plain = gunzip(bytes, limit);
    return plain ? std::nullopt : std::optional(plain.error().kind);
}

}  // namespace

TEST_CASE("a body that gzip made is unpacked") {
    CHECK(gunzip(kHelloGz, kLimit).value() == "hello");
}

TEST_CASE("what is packed here comes back, whatever its size") {
    for (const std::size_t size : {0u, 1u, 100u, 16'384u, 100'000u}) {
        std::string text(size, 'x');
        for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * i >> 3);
        CHECK(gunzip(gzip(text), kLimit).value() == text);
    }
}

TEST_CASE("several members are one body (RFC 1952 section 2.2)") {
    CHECK(gunzip(kHelloGz + kHelloGz + gzip(""), kLimit).value() == "hellohello");
}

TEST_CASE("a bomb is refused at the limit, not unpacked (B)") {
    const auto bomb = gzip(std::string(kLimit + 1, '0'));
    CHECK(bomb.size() < 6000);
    CHECK(failure(bomb) == Kind::too_large);
    CHECK_FALSE(failure(gzip(std::string(kLimit, '0'))));
    CHECK(failure(kHelloGz + kHelloGz, 9) == Kind::too_large);
}

TEST_CASE("what is cut short, damaged, followed by something, or no gzip at all is refused") {
    for (std::size_t cut = 0; cut < kHelloGz.size(); ++cut)
        CHECK_MESSAGE(failure(kHelloGz.substr(0, cut)) == Kind::invalid, cut);
    CHECK(gunzip(kHelloGz.substr(0, 9), kLimit).error().message.ends_with("cut short"));
    auto damaged = kHelloGz;
    damaged[12] = '\x49';
    CHECK(failure(damaged) == Kind::invalid);
    CHECK(failure(kHelloGz + "x") == Kind::invalid);
    CHECK(failure(kHelloGz + std::string(8, '\0')) == Kind::invalid);
    CHECK(failure(R"({"model":"x"})") == Kind::invalid);
    CHECK_MESSAGE(failure("\x78\x9c\x03\x00\x00\x00\x00\x01") == Kind::invalid, "zlib, not gzip");
}
