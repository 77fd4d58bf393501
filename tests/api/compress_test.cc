// Whole answers for clients that ask for gzip (contract section 6).
#include "api/compress.h"

#include "net/gzip.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::api;

namespace {

struct Sent {
    std::string body, fields;
};

Sent sent(const std::string& body, wire::Headers request) {
    Sent out;
    std::string room;
    out.body = compressed(body, request, out.fields, room).text();
    return out;
}

const std::string kAnswer(20'000, 'a');
const std::string kVary = "Vary: Accept-Encoding\r\n";

}  // namespace

TEST_CASE("a client that asks gets gzip, and caches are told") {
    const auto got = sent(kAnswer, {{"Accept-Encoding", "gzip, deflate, br"}});
    CHECK(got.fields == kVary + "Content-Encoding: gzip\r\n");
    CHECK(got.body.size() < 1000);
    CHECK(net::gunzip(got.body, 1 << 20) == kAnswer);
}

TEST_CASE("a client that does not ask gets the bytes as they are") {
    CHECK(sent(kAnswer, {}).body == kAnswer);
    CHECK(sent(kAnswer, {}).fields == kVary);
}

TEST_CASE("Accept-Encoding is read as RFC 9110 says, 12.5.3") {
    const auto asks = [](const char* value) { return asks_for_gzip({{"accept-encoding", value}}); };
    for (const auto* yes : {"gzip", "GZIP", "br, gzip", "gzip;q=0.5", "deflate , gzip ; q=1.0"})
        CHECK_MESSAGE(asks(yes), yes);
    for (const auto* no :
         {"", "br", "gzip;q=0", "gzip; q=0.000", "x-gzipped", "identity", "deflate;gzip"})
        CHECK_MESSAGE(!asks(no), no);
}

TEST_CASE("small answers would not get smaller, and very large ones would hold up others") {
    for (const auto size : {0u, 1023u, 256u * 1024 + 1}) {
        const auto got = sent(std::string(size, 'a'), {{"accept-encoding", "gzip"}});
        CHECK(got.body.size() == size);
        CHECK(got.fields.empty());
    }
}
