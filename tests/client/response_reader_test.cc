#include "client/response_reader.h"

#include <doctest/doctest.h>

using namespace ogem;
using client::ResponseReader;

namespace {

constexpr std::string_view kChunked =
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Request-Id: 7\r\n\r\n"
    "5\r\nhello\r\n6;ext=1\r\n world\r\n0\r\nTrailer: t\r\n\r\n";

struct Read {
    bool ok, complete;
    int status;
    std::string body;
    bool operator==(const Read&) const = default;
};

// Fed whole where `step` is 0, else in pieces of `step` bytes.
Read read(std::string_view text, std::size_t step = 0, bool to_head = false) {
    ResponseReader reader(to_head);
    Read result{true, false, 0, {}};
    while (!text.empty() && result.ok) {
        const auto piece = text.substr(0, step == 0 ? text.size() : step);
        text.remove_prefix(piece.size());
        result.ok = reader.feed(piece, result.body).has_value();
    }
    result.complete = reader.finish().has_value();
    result.status = reader.has_head() ? reader.status() : 0;
    return result;
}

Kind kind_of(std::string_view text) {
    ResponseReader reader;
    std::string body;
    auto fed = reader.feed(text, body);
    if (!fed) return fed.error().kind;
    auto finished = reader.finish();
    return finished ? Kind::internal : finished.error().kind;
}

std::string sized(std::string_view length_line, std::string_view body) {
    return std::string("HTTP/1.1 200 OK\r\n").append(length_line).append("\r\n\r\n").append(body);
}

}  // namespace

TEST_CASE("a chunked answer reads the same wherever it is cut") {
    const Read whole{true, true, 200, "hello world"};
    for (std::size_t step = 0; step <= kChunked.size(); ++step)
        CHECK(read(kChunked, step) == whole);
}

TEST_CASE("an answer that ends anywhere before its end is not complete (promise 1)") {
    for (std::size_t size = 0; size < kChunked.size(); ++size) {
        CHECK_FALSE(read(kChunked.substr(0, size)).complete);
    }
    CHECK(kind_of(kChunked.substr(0, kChunked.size() - 2)) == Kind::connection);
    CHECK(kind_of(sized("Content-Length: 3", "ab")) == Kind::connection);
}

TEST_CASE("a body of known length ends there") {
    CHECK(read(sized("content-length: 2", "ab")) == Read{true, true, 200, "ab"});
    CHECK(read(sized("content-length: 0", "")) == Read{true, true, 200, ""});
    CHECK_FALSE(read(sized("content-length: 2", "abc")).ok);
}

TEST_CASE("answers to HEAD, 204 and 304 have no body whatever their head says") {
    CHECK(read(sized("Content-Length: 9", ""), 0, true).complete);
    CHECK(read("HTTP/1.1 204 No Content\r\n\r\n").complete);
    CHECK(read("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n").complete);
}

TEST_CASE("interim answers are skipped") {
    const std::string text = "HTTP/1.1 100 Continue\r\n\r\n" + sized("Content-Length: 1", "x");
    CHECK(read(text) == Read{true, true, 200, "x"});
}

TEST_CASE("an answer whose end cannot be known for sure is refused") {
    CHECK(kind_of(sized("Connection: close", "text")) == Kind::upstream);
    CHECK(kind_of(sized("Content-Length: 2\r\nContent-Length: 3", "ab")) == Kind::upstream);
    CHECK(kind_of(sized("Content-Length: 2\r\nTransfer-Encoding: chunked", "ab")) ==
          Kind::upstream);
    CHECK(kind_of(sized("Transfer-Encoding: gzip", "ab")) == Kind::upstream);
    CHECK(kind_of(sized("Content-Length: -2", "ab")) == Kind::upstream);
    CHECK(kind_of(sized("Transfer-Encoding: chunked", "zz\r\n")) == Kind::upstream);
    CHECK(kind_of(sized("Transfer-Encoding: chunked", "2\r\nabc\r\n")) == Kind::upstream);
    CHECK(kind_of(sized("Transfer-Encoding: chunked", "fffffffffffffffff\r\n")) == Kind::upstream);
}

TEST_CASE("what is not HTTP is refused, and a head does not grow without end") {
    CHECK(kind_of("SSH-2.0-OpenSSH_9.2\r\n") == Kind::upstream);
    CHECK(kind_of("HTTP/1.1 200 OK\nContent-Length: 0\n\n") == Kind::upstream);
    CHECK(kind_of("HTTP/1.1 200 OK\r\nno colon\r\n\r\n") == Kind::upstream);
    CHECK(kind_of("HTTP/1.1 200 OK\r\nX: " + std::string(70'000, 'x')) == Kind::upstream);
}
