#include "support/fixture.h"
#include "wire/openai/answer_writer.h"
#include "wire/openai/stream_writer.h"
#include "wire/openai/streams.h"

#include <doctest/doctest.h>

#include <random>

using namespace ogem;
using namespace ogem::test;
using namespace ogem::wire::openai;

namespace {

std::string written(const std::vector<chat::Event>& events, const AnswerStyle& style) {
    AnswerStreamWriter writer(style);
    std::string out;
    for (const auto& event : events) writer.write(event, out);
    return out;
}

AnswerStyle style_of(const json::Value& fixture) {
    AnswerStyle style;
    style.model = fixture["ctx"]["response_model"];
    style.created = fixture["ctx"]["clock"];
    style.usage_asked = fixture["ctx"].value("include_usage", false);
    return style;
}

// {chunks, done} of our own bytes.
json::Value chunks_of(const std::string& bytes) {
    auto chunks = json::Value::array();
    bool done = false;
    for (std::size_t at = 0; at < bytes.size();) {
        const auto end = bytes.find("\n\n", at);
        const auto data = bytes.substr(at + 6, end - at - 6);
        if (data == "[DONE]") {
            done = true;
        } else {
            chunks.push_back(json::Value::parse(data));
        }
        at = end + 2;
    }
    return {{"chunks", chunks}, {"done", done}};
}

// The SSE text of chunks, as a provider would send it.
std::string sse_of(const json::Value& chunks, bool done) {
    std::string text;
    for (const auto& chunk : chunks) append(text, "data: ", chunk.dump(), "\n\n");
    return done ? text + "data: [DONE]\n\n" : text;
}

// Ways to cut `text`: whole, bytewise, at every place, and samples of two places.
std::vector<Pieces> cuts_of(const std::string& text) {
    auto cuts = every_cut(text);
    std::mt19937 random(7);  // NOLINT: the same samples every time
    for (int i = 0; i < 200; ++i) {
        auto a = random() % text.size(), b = random() % text.size();
        if (a > b) std::swap(a, b);
        cuts.push_back({text.substr(0, a), text.substr(a, b - a), text.substr(b)});
    }
    return cuts;
}

}  // namespace

TEST_CASE("the fixtures oai_stream.* from the provider's bytes to the client's, however cut") {
    for (const auto& fixture : wire_fixtures("oai_stream")) {
        CAPTURE(fixture["name"]);
        const std::string sse = fixture["input"]["sse"];
        const auto style = style_of(fixture);
        const auto& expected = fixture["expected"];
        const auto whole = events_of({sse});
        const auto out = chunks_of(written(whole, style));
        CHECK(same_json(out["chunks"], expected["chunks"]));
        CHECK(out["done"] == expected["done"]);
        if (expected.contains("accounting")) CHECK(chat::fold(whole).usage == chat::Usage{3, 3});
        const auto bytes = written(whole, style);
        for (const auto& cut : cuts_of(sse)) CHECK(written(events_of(cut), style) == bytes);
    }
}

TEST_CASE("chunks as we write them for any provider are read and written again the same") {
    for (const auto* kind : {"oai_stream", "ant2oai_stream", "gem2oai_stream"})
        for (const auto& fixture : wire_fixtures(kind)) {
            const auto& expected = fixture["expected"];
            if (!expected.contains("chunks")) continue;
            CAPTURE(fixture["name"]);
            const auto events = events_of({sse_of(expected["chunks"], expected["done"])});
            const auto out = chunks_of(written(events, style_of(fixture)));
            CHECK(same_json(out["chunks"], expected["chunks"]));
            CHECK(out["done"] == expected["done"]);
        }
}

TEST_CASE("whole answers as we write them for any provider are read and written again the same") {
    for (const auto* kind : {"ant2oai_resp", "gem2oai_resp"})
        for (const auto& fixture : wire_fixtures(kind)) {
            const auto& body = fixture["expected"]["body"];
            if (!body.contains("choices")) continue;
            CAPTURE(fixture["name"]);
            chat::Events out;
            read_chat_answer(body.dump(), numbered(), out);
            auto style = style_of(fixture);
            style.legacy_functions = body.dump().find("function_call") != std::string::npos;
            CHECK(same_json(json::Value::parse(write_answer(chat::fold(out.all()), style)), body));
        }
}
