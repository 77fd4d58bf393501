#include "wire/sse.h"

#include "support/fixture.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::wire;
using namespace ogem::test;

namespace {

// The events as "name|data" lines, with the raw bytes of all of them joined.
struct Seen {
    std::string events, raw;
};

Seen read(const Pieces& pieces) {
    SseReader reader;
    Seen seen;
    std::vector<SseEvent> events;
    const auto note = [&] {
        for (const auto& event : events) {
            seen.events += std::string(event.name) + "|" + std::string(event.data) + "\n";
            seen.raw += event.raw;
        }
        events.clear();
    };
    for (const auto& piece : pieces) {
        REQUIRE(reader.feed(piece, events));
        note();
    }
    reader.finish(events);
    note();
    return seen;
}

// The events of `text`, which must be the same however it is cut.
std::string events_of(std::string_view text) {
    const auto whole = read({std::string(text)}).events;
    for (const auto& cut : every_cut(text)) CHECK(read(cut).events == whole);
    return whole;
}

std::string expected_of(const json::Value& fixture) {
    std::string out;
    for (const auto& event : fixture["expected"]["events"]) {
        if (event["event"].is_string()) out += event["event"].get<std::string>();
        out += "|" + event["data"].get<std::string>() + "\n";
    }
    return out;
}

}  // namespace

TEST_CASE("a stream means the same however its bytes are cut (fixtures sse.*, promise 1)") {
    for (const auto* name :
         {"wire/sse.01_split_everywhere.json", "wire/sse.02_byte_by_byte.json"}) {
        const auto data = fixture(name);
        Pieces pieces;
        for (const auto& piece : data["input"]["chunks_base64"])
            pieces.push_back(base64_decoded(piece.get<std::string>()));
        CHECK(read(pieces).events == expected_of(data));
        std::string joined;
        for (const auto& piece : pieces) joined += piece;
        CHECK(events_of(joined) == expected_of(data));
    }
}

TEST_CASE("LF, CRLF and bare CR all end lines (R-7)") {
    CHECK(events_of("data: a\n\ndata: b\n\n") == "|a\n|b\n");
    CHECK(events_of("data: a\r\n\r\ndata: b\r\n\r\n") == "|a\n|b\n");
    CHECK(events_of("data: a\r\rdata: b\r\r") == "|a\n|b\n");
    CHECK(events_of("data: a\r\n\ndata: b\n\r\n") == "|a\n|b\n");
}

TEST_CASE("events follow each other without losing a line (R-7)") {
    CHECK(events_of("event: x\ndata: 1\ndata: 2\nid: 7\n\n\n\ndata: 3\n\n") == "x|1\n2\n|3\n");
}

TEST_CASE("comments and empty blocks are no events") {
    CHECK(events_of(": ping\n\n:\n\nid: 1\n\nretry: 5\n\ndata: a\n\n") == "|a\n");
}

TEST_CASE("one space after the colon is dropped, no more") {
    CHECK(events_of("data:a\n\ndata:  b \n\ndata\n\nevent:error\n\n") == "|a\n| b \n|\nerror|\n");
}

TEST_CASE("a BOM is skipped at the start only") {
    CHECK(events_of("\xef\xbb\xbf"
                    "data: a\n\n\xef\xbb\xbf"
                    "data: b\n\n") == "|a\n");
}

TEST_CASE("an event that the end of the stream cuts off is handed out") {
    CHECK(events_of("data: a\n\ndata: b") == "|a\n|b\n");
    CHECK(events_of("data: b\n") == "|b\n");
    CHECK(events_of("") == "");
}

TEST_CASE("the raw bytes of plain events are the stream itself") {
    for (const std::string text :
         {"data: a\n\nevent: x\ndata: b\n\n", "data: a\r\n\r\ndata: b\r\n\r\n"}) {
        CHECK(read({text}).raw == text);
        for (const auto& cut : every_cut(text)) {
            const auto raw = read(cut).raw;
            CHECK(raw == text.substr(0, raw.size()));
            CHECK(raw.size() + 1 >= text.size());  // the LF of a last CRLF may stay behind
        }
    }
}

TEST_CASE("an event is plain if its raw bytes can be passed on for it") {
    const auto plain = [](std::string_view text) {
        SseReader reader;
        std::vector<SseEvent> events;
        REQUIRE(reader.feed(text, events));
        reader.finish(events);
        REQUIRE(events.size() == 1);
        return events[0].plain;
    };
    CHECK(plain("data: a\n\n"));
    CHECK(plain("event: x\ndata: a\nid: 1\n\n"));
    CHECK(plain(": comment first\ndata: a\n\n"));
    CHECK_FALSE(plain("data: a\n: comment within\n\n"));
    CHECK_FALSE(plain("data: a\ndata: b\n\n"));
    CHECK_FALSE(plain("data: unterminated\n"));
}

TEST_CASE("comments are not part of the raw bytes") {
    SseReader reader;
    std::vector<SseEvent> events;
    REQUIRE(reader.feed(": one\n: two\ndata: a\n\n", events));
    REQUIRE(events.size() == 1);
    CHECK(events[0].raw == "data: a\n\n");
}

TEST_CASE("a CRLF cut in two does not make the next event less plain") {
    SseReader reader;
    std::vector<SseEvent> events;
    REQUIRE(reader.feed("data: a\r\n\r", events));
    events.clear();
    REQUIRE(reader.feed("\n: ping\r\nodd\r\ndata: b\r\n\r\n", events));
    REQUIRE(events.size() == 1);
    CHECK(events[0].plain);
    CHECK(events[0].raw == "odd\r\ndata: b\r\n\r\n");
}

TEST_CASE("an event wholly inside the fed bytes is not copied") {
    const std::string bytes = "data: a\n\ndata: b";
    SseReader reader;
    std::vector<SseEvent> events;
    REQUIRE(reader.feed(bytes, events));
    REQUIRE(events.size() == 1);
    CHECK(events[0].data.data() == bytes.data() + 6);
}

TEST_CASE("a data line of 8 MiB arrives, byte for byte") {
    const std::string line(8u << 20, 'x');
    SseReader reader;
    std::vector<SseEvent> events;
    const std::string text = "data: " + line + "\n\n";
    for (std::size_t at = 0; at < text.size(); at += 9'000)
        REQUIRE(reader.feed(std::string_view(text).substr(at, 9'000), events));
    REQUIRE(events.size() == 1);
    CHECK(events[0].data == line);
}

TEST_CASE("an event beyond the limit is an error, however it is cut") {
    for (const auto& cut : every_cut("data: ok\n\ndata: 0123456789\n\n")) {
        SseReader reader(16);
        std::vector<SseEvent> events;
        Result<void> result;
        std::size_t seen = 0;
        for (const auto& piece : cut) {
            if (result) result = reader.feed(piece, events);
            seen += events.size();
            events.clear();
        }
        REQUIRE_FALSE(result);
        CHECK(result.error().kind == Kind::upstream);
        CHECK(seen == 1);
    }
}
