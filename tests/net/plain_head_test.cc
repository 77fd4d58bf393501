#include "net/plain_head.h"

#include "net/http1.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace ogem;
using namespace ogem::net;

namespace {

bool is_plain_request(std::string_view text) {
    FieldSlots fields;
    return read_plain_request(text, fields).has_value();
}

bool is_plain_response(std::string_view text) {
    FieldSlots fields;
    return read_plain_response(text, fields).has_value();
}

std::string with_field(const std::string& field) {
    return "POST /v1 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n" + field + "\r\n\r\n";
}

// What a reader makes of one message. In two pieces the full parser reads it.
std::string seen(MessageReader::Side side, std::string text, std::size_t first) {
    MessageReader reader(side, {});
    const auto begun = reader.feed(text.data(), first);
    if (!begun) return "refused";
    std::string body;
    for (std::size_t used = *begun; !reader.done();) {
        const auto taken = reader.feed(text.data() + used, text.size() - used);
        if (!taken) return "refused";
        if (*taken == 0) return "half";
        body += reader.body();
        used += *taken;
    }
    auto out = reader.method() + ' ' + reader.target() + ' ' + std::to_string(reader.status()) +
               (reader.keep_alive() ? " kept " : " closed ") +
               std::to_string(reader.content_length().value_or(0)) + '\n';
    for (const auto& [name, value] : reader.headers()) out += name + '=' + value + '\n';
    return out + body;
}

}  // namespace

TEST_CASE("a plain head is read without the full parser") {
    FieldSlots fields;
    const std::string text = with_field("X-Two: \t a\tb \t") + "{}";
    const auto head = read_plain_request(text, fields);
    REQUIRE(head);
    CHECK(head->method == "POST");
    CHECK(head->target == "/v1");
    CHECK(head->content_length == 2);
    CHECK(head->size == text.size() - 2);
    REQUIRE(fields.count == 3);
    CHECK(fields.headers[2] == wire::Header("X-Two", "a\tb"));

    const auto answer =
        read_plain_response("HTTP/1.1 429 Too Many\r\nContent-Length: 0\r\n\r\n", fields);
    REQUIRE(answer);
    CHECK(answer->status == 429);
    CHECK(answer->content_length == 0);
    CHECK(fields.count == 1);
}

TEST_CASE("whatever makes a reader think is left to the full parser (promises B)") {
    REQUIRE(is_plain_request(with_field("X: y")));
    for (const std::string field :
         {"Transfer-Encoding: chunked", "transfer-encoding:x", "Content-Length: 2", "Host: y",
          "Connection: close", "Connection: keep-alive, te", "Proxy-Connection: close",
          "Upgrade: h2c", "Expect: 100-continue", " folded", "X: a\r\n b", "X : y", ": y",
          "no colon", "X: a\rb", "X: a\nb", "X: a\x7f", "X: \xc3\xa9", "X\xc3: a"}) {
        CAPTURE(field);
        CHECK_FALSE(is_plain_request(with_field(field)));
    }
    const std::string nul = std::string("X: a") + '\0' + "b";
    CHECK_FALSE(is_plain_request(with_field(nul)));
    for (const std::string length : {"", "+1", "-1", "1 0", "0x1", "1a", "1234567890123456789"}) {
        CAPTURE(length);
        CHECK_FALSE(is_plain_request("POST / HTTP/1.1\r\nContent-Length: " + length + "\r\n\r\n"));
    }
    for (const std::string line : {"GET / HTTP/1.0", "GET / HTTP/1.1 ", "GET  / HTTP/1.1", "GET /",
                                   " GET / HTTP/1.1", "GET /a b HTTP/1.1", "\r\nGET / HTTP/1.1"}) {
        CAPTURE(line);
        CHECK_FALSE(is_plain_request(line + "\r\n\r\n"));
    }
    for (const std::string line : {"HTTP/1.1 100 Continue", "HTTP/1.1 204 No", "HTTP/1.1 304 Not",
                                   "HTTP/1.0 200 OK", "HTTP/1.1 2000 OK", "HTTP/1.1 20 OK"}) {
        CAPTURE(line);
        CHECK_FALSE(is_plain_response(line + "\r\nContent-Length: 1\r\n\r\n"));
    }
    CHECK_FALSE(is_plain_response("HTTP/1.1 200 OK\r\n\r\n"));  // ends with the connection
}

TEST_CASE("a head cut anywhere is not plain yet") {
    const std::string text = with_field("X: y");
    for (std::size_t cut = 0; cut < text.size(); ++cut)
        CHECK_FALSE(is_plain_request(text.substr(0, cut)));
}

TEST_CASE("a plain head and the full parser's reading of it are the same") {
    for (const std::string& text :
         {with_field("Accept:  */* \t") + "{}", with_field("Connection: Keep-Alive") + "{}",
          with_field("X-Empty:") + "{}",
          std::string("GET /v1/models?a=%20b HTTP/1.1\r\nhost: [::1]:1\r\n\r\n"),
          std::string("POST / HTTP/1.1\r\ncontent-length: 00002\r\n\r\n{}")}) {
        const auto whole = seen(MessageReader::Side::request, text, text.size());
        CHECK(whole != "refused");
        CHECK(seen(MessageReader::Side::request, text, 1) == whole);
    }
    const std::string answer = "HTTP/1.1 200 OK\r\nDate: now\r\nContent-Length: 5\r\n\r\nhello";
    const auto whole = seen(MessageReader::Side::response, answer, answer.size());
    CHECK(whole.ends_with("hello"));
    CHECK(seen(MessageReader::Side::response, answer, 1) == whole);
}

TEST_CASE("limits hold for a plain head too") {
    const MessageLimits limits{64, 10};
    std::string large = "POST / HTTP/1.1\r\nContent-Length: 11\r\n\r\n";
    std::string wide = "GET / HTTP/1.1\r\nX: " + std::string(64, 'x') + "\r\n\r\n";
    for (auto* text : {&large, &wide}) {
        MessageReader reader(MessageReader::Side::request, limits);
        const auto taken = reader.feed(text->data(), text->size());
        REQUIRE_FALSE(taken);
        CHECK(taken.error().kind == Kind::too_large);
    }
}
