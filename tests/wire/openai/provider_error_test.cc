#include "wire/openai/provider_error.h"

#include "base/clock.h"
#include "support/fixture.h"
#include "wire/openai/error.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::test;
using namespace ogem::wire::openai;

namespace {

std::string message_of(std::string_view body, int status = 500) {
    return read_error(status, {}, body).error.message;
}

// The input of a fixture err.*, read as an answer of an OpenAI-compatible provider.
ProviderError read_fixture(const json::Value& data) {
    wire::Headers headers;
    for (const auto& [name, value] : data["input"]["headers"].items())
        headers.emplace_back(name, value.get<std::string>());
    const auto body = data["input"].contains("raw") ? data["input"]["raw"].get<std::string>()
                                                    : data["input"]["body"].dump();
    return read_error(data["input"]["status"].get<int>(), headers, body);
}

}  // namespace

TEST_CASE("the provider's own sentence is found in every shape (promise 10, R-2)") {
    for (const auto* body :
         {R"({"error":{"message":"boom","type":"t"}})", R"({"error":"boom"})",
          R"({"message":"boom"})", R"({"object":"error","message":"boom","code":400})",
          R"({"detail":"boom"})",
          R"({"detail":[{"loc":["body"],"msg":"boom","type":"value_error"}]})",
          R"([{"error":{"code":429,"message":"boom","status":"RESOURCE_EXHAUSTED"}}])",
          R"({"errors":[{"message":"boom"},{"message":"second"}]})",
          R"({"error":"Bad Request","message":"boom"})",
          R"({"error":{"error":{"message":"boom"}}})",
          R"({"type":"error","error":{"type":"x","message":"boom"},"message":"outer"})",
          R"("boom")"}) {
        CAPTURE(body);
        CHECK(message_of(body) == "boom");
    }
}

TEST_CASE("type, code and param are those of the error itself") {
    const auto error = read_error(
        400, {}, R"({"type":"error","error":{"message":"m","type":"t","code":"c","param":"p"}})");
    CHECK(error.type == "t");
    CHECK(error.code == "c");
    CHECK(error.param == "p");
    const auto bare =
        read_error(400, {}, R"({"error":{"message":"m","type":null,"code":null,"param":7}})");
    CHECK(bare.type + bare.code + bare.param == "");
}

TEST_CASE("an answer without words is described") {
    CHECK(message_of("", 502) == "upstream answered 502 with an empty body");
    CHECK(message_of(" \r\n", 502) == "upstream answered 502 with an empty body");
    CHECK(message_of("{}", 500) == "upstream answered 500 with no message");
    CHECK(message_of("oops", 500) == "upstream answered 500 with a non-JSON body");
    CHECK(message_of("<!DOCTYPE html><html><head><TITLE class=x> 502\n  Bad   Gateway </title>",
                     502) == "upstream answered 502 with a web page titled \"502 Bad Gateway\"");
    CHECK(message_of("<html><title", 502) == "upstream answered 502 with a non-JSON body");
    CHECK(message_of("<html><title>", 502) == "upstream answered 502 with a non-JSON body");
}

TEST_CASE("a message is cut before it becomes a burden") {
    CHECK(message_of(R"({"error":")" + std::string(100'000, 'x') + "\"}").size() == 2'000);
    CHECK(message_of("<title>" + std::string(100'000, 'x')).size() < 300);
}

TEST_CASE("errors inside errors end somewhere") {
    std::string body;
    for (int i = 0; i < 400; ++i) body += R"({"error":)";
    body += "\"deep\"" + std::string(400, '}');
    CHECK(message_of(body) == "upstream answered 500 with no message");
}

TEST_CASE("the status gives the kind (4.4, R-1)") {
    const auto kind = [](int status) { return read_error(status, {}, "").error.kind; };
    for (const int status : {400, 409, 415, 422}) CHECK(kind(status) == Kind::invalid);
    CHECK(kind(401) == Kind::unauthorized);
    CHECK(kind(403) == Kind::forbidden);
    CHECK(kind(404) == Kind::not_found);
    CHECK(kind(413) == Kind::too_large);
    for (const int status : {402, 429}) CHECK(kind(status) == Kind::limited);
    for (const int status : {408, 504}) CHECK(kind(status) == Kind::timeout);
    for (const int status : {503, 529}) CHECK(kind(status) == Kind::unavailable);
    for (const int status : {500, 502, 520, 302, 204}) CHECK(kind(status) == Kind::upstream);
    CHECK(read_error(418, {}, "").error.upstream_status == 418);
}

TEST_CASE("words about quotas do not make an error a rate limit (O-4, O-5)") {
    const auto error = read_error(
        400, {}, R"({"error":{"message":"context_length_exceeded: 429 quota exhausted"}})");
    CHECK(error.error.kind == Kind::invalid);
    CHECK(error.error.retry_after == 0s);
}

TEST_CASE("when to come back is kept") {
    CHECK(read_error(429, {{"Retry-After", "7"}}, "").error.retry_after == 7s);
}

TEST_CASE("the fixtures err.*, as far as headers and words go") {
    struct Case {
        const char* file;
        Kind kind;
        Duration retry_after;
    };
    for (const auto& [file, kind, retry_after] :
         {Case{"err.01_anthropic_529.json", Kind::unavailable, 0s},
          Case{"err.03_gemini_429_minute.json", Kind::limited, 0s},
          Case{"err.04_gemini_429_day.json", Kind::limited, 0s},
          Case{"err.06_azure_filter.json", Kind::invalid, 0s},
          Case{"err.07_html_502.json", Kind::upstream, 0s},
          Case{"err.09_anthropic_spend_limit.json", Kind::limited, 0s},
          Case{"err.10_anthropic_ramp.json", Kind::limited, 30s},
          Case{"err.12_capability_prefill.json", Kind::invalid, 0s},
          Case{"err.13_context_length.json", Kind::invalid, 0s}}) {
        CAPTURE(file);
        const auto data = fixture(std::string("wire/") + file);
        const auto error = read_fixture(data);
        CHECK(error.error.kind == kind);
        CHECK(error.error.upstream_status == data["input"]["status"].get<int>());
        CHECK(error.error.retry_after == retry_after);
        CHECK(error.error.message ==
              data["expected"]["body"]["error"]["message"].get<std::string>());
    }
    const auto filter = read_fixture(fixture("wire/err.06_azure_filter.json"));
    CHECK(filter.code == "content_filter");
    CHECK(filter.param == "prompt");
}

namespace {

const char* word_of(chat::Retry retry) {
    switch (retry) {
        case chat::Retry::never:
            return "never";
        case chat::Retry::once:
            return "once";
        case chat::Retry::after_hint:
            return "after_hint";
        case chat::Retry::other_first:
            return "other_first";
        case chat::Retry::other_only:
            return "other_only";
        case chat::Retry::refresh_once:
            return "refresh_once";
        case chat::Retry::without_knob:
            return "without_knob";
    }
    return "";
}

}  // namespace

TEST_CASE("the fixtures err.* of OpenAI and Azure whole: status, words, retry, charge") {
    int seen = 0;
    for (const auto& data : wire_fixtures("err")) {
        const auto& provider = data["input"]["provider"];
        if (provider != "openai" && provider != "azure") continue;
        CAPTURE(data["name"]);
        ++seen;
        const auto failure = read_fixture(data);
        const auto& expected = data["expected"];
        CHECK(words_of(failure.error.kind).status == expected["status"]);
        CHECK(json::parse(error_body(failure)) == expected["body"]);
        CHECK(word_of(failure.retry) == expected["retry"]);
        CHECK((failure.maybe_charged ? "maybe" : "no") == expected["charged"]);
    }
    CHECK(seen == 2);
}

TEST_CASE("each status says whom to ask again and what may have been paid (ratelimits 3)") {
    struct Row {
        int status;
        const char* retry;
        bool charged;
        Duration disabled = {};
    };
    for (const auto& [status, retry, charged, disabled] :
         {Row{400, "never", false}, Row{401, "other_only", false, 5min},
          Row{402, "other_only", false, 1h}, Row{403, "other_only", false},
          Row{404, "other_only", false}, Row{408, "once", true}, Row{409, "never", true},
          Row{413, "never", false}, Row{422, "never", false}, Row{429, "other_first", false},
          Row{500, "once", true}, Row{502, "once", true}, Row{503, "once", false},
          Row{504, "other_only", true}, Row{529, "other_first", false}}) {
        CAPTURE(status);
        const auto failure = read_error(status, {}, R"({"error":{"message":"m"}})");
        CHECK(word_of(failure.retry) == std::string(retry));
        CHECK(failure.maybe_charged == charged);
        CHECK(failure.disable_for == disabled);
    }
    CHECK(word_of(read_error(429, {{"retry-after", "3"}}, "").retry) == std::string("after_hint"));
}

TEST_CASE("a quota that is gone is known by its code, whatever the text says (O-4)") {
    for (const auto* code : {"insufficient_quota", "billing_hard_limit_reached"}) {
        const auto gone = read_error(
            429, {}, std::string(R"({"error":{"message":"m","type":"x","code":")") + code + "\"}}");
        CHECK(word_of(gone.retry) == std::string("other_only"));
        CHECK(gone.disable_for == 1h);
        CHECK(gone.type == "insufficient_quota");
        CHECK(gone.code == code);
    }
    const auto stated = read_error(429, {{"retry-after", "7200"}},
                                   R"({"error":{"message":"m","type":"insufficient_quota"}})");
    CHECK(stated.disable_for == 2h);
    CHECK(stated.code == "insufficient_quota");
}

TEST_CASE("a parameter that the model refuses is named, to be left out once") {
    const auto refused = read_error(400, {}, R"({"error":{"message":"m","param":"temperature",
        "type":"invalid_request_error","code":"unsupported_value"}})");
    CHECK(word_of(refused.retry) == std::string("without_knob"));
    CHECK(refused.knob == "temperature");
}

TEST_CASE("an overloaded provider is told in OpenAI's words") {
    const auto busy = read_error(
        503, {}, R"({"error":{"message":"m","type":"server_error","code":"slow_down"}})");
    CHECK(busy.type == "service_unavailable_error");
    CHECK(busy.code == "overloaded");
}

TEST_CASE("a failure inside a stream tells its kind by status, else by its words") {
    const auto kind = [](std::string_view data) { return read_error_event(data).error.kind; };
    CHECK(kind(R"({"error":{"message":"boom","type":"server_error"}})") == Kind::upstream);
    CHECK(kind(R"({"error":{"message":"m","code":429}})") == Kind::limited);
    CHECK(kind(R"({"error":{"message":"m","type":"overloaded_error"}})") == Kind::unavailable);
    CHECK(kind(R"({"error":{"message":"m","code":"context_length_exceeded"}})") == Kind::invalid);
    CHECK(kind("out of memory") == Kind::upstream);
    CHECK(read_error_event("out of memory").error.message == "out of memory");
    CHECK(read_error_event("{}").maybe_charged);
}
