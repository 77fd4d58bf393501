#include "net/http1.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace ogem;
using net::MessageReader;

namespace {

struct Read {
    bool ok = true;
    Kind kind = Kind::internal;
    bool done = false;
    std::string method, target, body;
    int status = 0;
    wire::Headers headers;
    bool keep_alive = false;
    std::size_t rest = 0;
};

// Feeds `text` in pieces of `step` bytes, keeping what the reader leaves, as a connection does.
Read read(MessageReader::Side side, std::string text, std::size_t step,
          net::MessageLimits limits = {}, bool ended = false) {
    MessageReader reader(side, limits);
    Read result;
    std::string kept;
    for (std::size_t at = 0; at < text.size() && !reader.done(); at += step) {
        kept += text.substr(at, step);
        while (!reader.done()) {
            const bool had_head = reader.head_done();
            auto used = reader.feed(kept.data(), kept.size());
            if (!used) {
                result.ok = false;
                result.kind = used.error().kind;
                return result;
            }
            result.body += reader.body();
            kept.erase(0, *used);
            if (*used == 0 || (kept.empty() && had_head == reader.head_done())) break;
        }
        result.rest = kept.size() + (at + step < text.size() ? text.size() - at - step : 0);
    }
    if (ended && !reader.done()) result.ok = reader.end_of_input().has_value();
    result.done = reader.done();
    if (reader.head_done()) {
        result.method = reader.method();
        result.target = reader.target();
        result.status = reader.status();
        result.headers = reader.headers();
        result.keep_alive = reader.keep_alive();
    }
    return result;
}

// Whole, and cut at every size that matters: all must agree.
Read read_every_way(MessageReader::Side side, const std::string& text,
                    net::MessageLimits limits = {}) {
    const auto whole = read(side, text, text.size(), limits);
    for (const std::size_t step : {1u, 2u, 3u, 7u}) {
        const auto cut = read(side, text, step, limits);
        CHECK_MESSAGE(cut.ok == whole.ok, "step " << step);
        CHECK(cut.done == whole.done);
        if (whole.ok) CHECK(cut.body == whole.body);
    }
    return whole;
}

Read request(const std::string& text) {
    return read_every_way(MessageReader::Side::request, text);
}

}  // namespace

TEST_CASE("a request is read whole or byte by byte") {
    const auto got = request(
        "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nX-Two: a "
        "b\r\n\r\nhello");
    REQUIRE(got.ok);
    CHECK(got.done);
    CHECK(got.method == "POST");
    CHECK(got.target == "/v1/chat/completions");
    CHECK(wire::header(got.headers, "x-two") == "a b");
    CHECK(got.body == "hello");
    CHECK(got.keep_alive);
}

TEST_CASE("chunks are joined, extensions and trailers are ignored") {
    const auto got = request(
        "POST / HTTP/1.1\r\nTransfer-Encoding: "
        "chunked\r\n\r\n5;name=value\r\nhello\r\n1\r\n,\r\n6\r\n world\r\n0\r\n"
        "Authorization: Bearer sneaked-in\r\n\r\n");
    REQUIRE(got.ok);
    CHECK(got.done);
    CHECK(got.body == "hello, world");
    CHECK(wire::header(got.headers, "authorization").empty());
}

TEST_CASE("what follows a message is left for the next one (pipelining)") {
    const std::string two = "GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n";
    const auto got = read(MessageReader::Side::request, two, two.size());
    CHECK(got.done);
    CHECK(got.target == "/a");
    CHECK(got.rest == two.size() / 2);
}

TEST_CASE("a message that two readers could understand differently is refused (promises B)") {
    const std::vector<std::string> smuggled = {
        "POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        "POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: "
        "chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: +5\r\n\r\nhello",
        "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 5, 5\r\n\r\nhello",
        "GET / HTTP/1.1\nHost: x\n\n",
        "GET / HTTP/1.1\r\nHost: x\nX: y\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\rX: y\r\n\r\n",
        "GET / HTTP/1.1\r\nX: a\r\n b\r\n\r\n",
        "GET / HTTP/1.1\r\nX: a\r\n\tb\r\n\r\n",
        std::string("GET / HTTP/1.1\r\nX: a") + '\0' + "b\r\n\r\n",
        std::string("GET /") + '\0' + " HTTP/1.1\r\n\r\n",
        "GET / HTTP/2.0\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
        "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: b\r\n c\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(5000, 'x') +
            "\r\na\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloX\r\n0\r\n\r\n",
    };
    for (const auto& text : smuggled) {
        CAPTURE(text);
        CHECK_FALSE(request(text).ok);
    }
}

TEST_CASE("a head over its limit is too large, in one line or in many") {
    const net::MessageLimits limits{1024, 1 << 20};
    const std::string one = "GET / HTTP/1.1\r\nX: " + std::string(2000, 'a') + "\r\n\r\n";
    std::string many = "GET / HTTP/1.1\r\n";
    for (int i = 0; i < 100; ++i) many += "X-Header-" + std::to_string(i) + ": aaaaaaaaaa\r\n";
    many += "\r\n";
    for (const auto& text : {one, many})
        for (const std::size_t step : {std::size_t{1}, std::size_t{50}, text.size()}) {
            const auto got = read(MessageReader::Side::request, text, step, limits);
            CHECK_FALSE(got.ok);
            CHECK(got.kind == Kind::too_large);
        }
}

TEST_CASE("a body over its limit is too large, announced or not") {
    const net::MessageLimits limits{1024, 10};
    for (const std::string text :
         {"POST / HTTP/1.1\r\nContent-Length: 11\r\n\r\n",
          "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nb\r\nhello world\r\n0\r\n\r\n"}) {
        const auto got = read(MessageReader::Side::request, text, text.size(), limits);
        CHECK_FALSE(got.ok);
        CHECK(got.kind == Kind::too_large);
    }
}

TEST_CASE("an endless chunk extension is refused") {
    std::string text =
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;" + std::string(10'000, 'x');
    CHECK_FALSE(read(MessageReader::Side::request, text, 500).ok);
}

TEST_CASE("an answer without a length ends with its connection, one with a length must be whole") {
    const auto side = MessageReader::Side::response;
    const std::string open = "HTTP/1.1 200 OK\r\n\r\nhello";
    auto got = read(side, open, 7, {}, true);
    CHECK(got.ok);
    CHECK(got.done);
    CHECK(got.body == "hello");
    CHECK_FALSE(got.keep_alive);

    const std::string cut = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello";
    CHECK_FALSE(read(side, cut, cut.size(), {}, true).ok);
    const std::string cut_chunks =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";
    CHECK_FALSE(read(side, cut_chunks, cut_chunks.size(), {}, true).ok);
}
