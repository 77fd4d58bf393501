#include "chat/envelope.h"

#include "support/padded.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::chat;
using ogem::test::Padded;

namespace {

std::string complaint_of(std::string_view body) {
    const Padded padded(body);
    const auto envelope = read_envelope(padded);
    if (envelope) return "";
    CHECK(envelope.error().kind == Kind::invalid);
    return envelope.error().message;
}

bool complains_about(std::string_view body, std::string_view word) {
    return complaint_of(body).find(word) != std::string::npos;
}

}  // namespace

TEST_CASE("the envelope holds what routing needs and the place of the model") {
    const Padded body(
        R"({"messages":[{"role":"user","content":"\"model\":\"x\""}], "model" : "gpt-4",
        "stream":true,"stream_options":{"include_usage":true},"temperature":0,"max_tokens":7})");
    const std::string_view text = body;
    const auto envelope = read_envelope(text);
    REQUIRE(envelope);
    CHECK(envelope->model == "gpt-4");
    CHECK(envelope->model_text == "\"gpt-4\"");
    CHECK(envelope->model_text.data() == text.data() + text.find("\"gpt-4\""));
    CHECK(envelope->stream);
    CHECK(envelope->wants_usage);
    CHECK(envelope->stream_options_text == R"({"include_usage":true})");
    CHECK(envelope->deterministic);
    CHECK(envelope->max_tokens == 7);
    CHECK(envelope->estimated_prompt_tokens == static_cast<std::int64_t>(text.size() / 4));
}

TEST_CASE("an empty object is an envelope without a model (C8)") {
    const Padded body("{}");
    const auto envelope = read_envelope(body);
    REQUIRE(envelope);
    CHECK(envelope->model.empty());
    CHECK(envelope->model_text.empty());
    CHECK_FALSE(envelope->stream);
    CHECK_FALSE(envelope->deterministic);
}

TEST_CASE("null means absent for every member") {
    const Padded body(R"({"model":null,"stream":null,"stream_options":null,"temperature":null,
        "max_tokens":5,"max_completion_tokens":null})");
    const auto envelope = read_envelope(body);
    REQUIRE(envelope);
    CHECK(envelope->model.empty());
    CHECK(envelope->model_text == "null");
    CHECK(envelope->stream_options_text.empty());
    CHECK_FALSE(envelope->stream);
    CHECK_FALSE(envelope->deterministic);
    CHECK(envelope->max_tokens == 5);
}

TEST_CASE("max_completion_tokens wins over max_tokens (4.18)") {
    const Padded body(R"({"max_completion_tokens":9,"max_tokens":5})");
    CHECK(read_envelope(body)->max_tokens == 9);
}

TEST_CASE("a negative limit of tokens counts as none") {
    const Padded body(R"({"max_tokens":-5})");
    CHECK(read_envelope(body)->max_tokens == 0);
}

TEST_CASE("only a temperature of exactly zero is deterministic (4.5)") {
    const auto deterministic = [](std::string_view value) {
        const Padded body(std::string(R"({"temperature":)") + std::string(value) + "}");
        return read_envelope(body)->deterministic;
    };
    CHECK(deterministic("0"));
    CHECK(deterministic("0.0"));
    CHECK(deterministic("-0.0"));
    CHECK_FALSE(deterministic("1e-9"));
    CHECK_FALSE(deterministic("\"0\""));
}

TEST_CASE("escapes in the model are undone, its raw text stays for the splice") {
    const Padded body(R"({"model":"gpt\u002d4 \"é\""})");
    const auto envelope = read_envelope(body);
    CHECK(envelope->model == "gpt-4 \"é\"");
    CHECK(envelope->model_text == R"("gpt\u002d4 \"é\"")");
}

TEST_CASE("a second model cannot be smuggled in, even under an escaped name") {
    CHECK(complains_about(R"({"model":null,"model":"b"})", "`model` is given twice"));
    CHECK(complains_about(R"({"model":"a","model":"b"})", "`model` is given twice"));
    CHECK(complains_about(R"({"model":null,"model":"b"})", "`model` is given twice"));
    CHECK(complains_about(R"({"model":"a","mod\u0065l":"b"})", "`model` is given twice"));
    const Padded body(R"({"\u006dodel":"a"})");
    CHECK(read_envelope(body)->model == "a");
}

TEST_CASE("a member of the wrong type is named (F4)") {
    CHECK(complains_about(R"({"model":4})", "`model` must be a string"));
    CHECK(complains_about(R"({"model":["a"]})", "`model` must be a string"));
    CHECK(complains_about(R"({"stream":"true"})", "`stream` must be true or false"));
    CHECK(complains_about(R"({"stream":1})", "`stream` must be true or false"));
    CHECK(complains_about(R"({"stream_options":true})", "`stream_options` must be an object"));
}

TEST_CASE("a body that is not one JSON object is refused with the reason") {
    CHECK(complains_about("", "not a JSON object"));
    CHECK(complains_about("[]", "not a JSON object"));
    CHECK(complains_about("{", "not a JSON object"));
    CHECK(complains_about("model=gpt-4", "not a JSON object"));
    CHECK(complains_about(R"({"model":"a"} {"model":"b"})", "not a JSON object"));
    CHECK(complains_about(R"({"model":"a"},)", "not a JSON object"));
    CHECK(complains_about(std::string_view("{\"a\":[1,\0]}", 11), "NUL"));
}
