#include "wire/gemini/error.h"

#include "support/fixture.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::test;
using namespace ogem::wire::gemini;
using chat::Retry;

namespace {

std::string google(int code, const std::string& status, const std::string& message = "m",
                   const std::string& details = "") {
    return R"({"error":{"code":)" + std::to_string(code) + R"(,"message":")" + message +
           R"(","status":")" + status + R"(","details":[)" + details + "]}}";
}

std::string detail(const std::string& type, const std::string& members) {
    return R"({"@type":"type.googleapis.com/google.rpc.)" + type + "\"," + members + "}";
}

std::string quota(const std::string& violation) {
    return detail("QuotaFailure", "\"violations\":[{" + violation + "}]");
}

chat::Failure failure(int code, const std::string& status, const std::string& message = "m",
                      const std::string& details = "") {
    return read_error(code, {}, google(code, status, message, details));
}

Retry retry_named(const std::string& word) {
    if (word == "never") return Retry::never;
    if (word == "once") return Retry::once;
    if (word == "after_hint") return Retry::after_hint;
    if (word == "other_first") return Retry::other_first;
    REQUIRE(word == "other_only");
    return Retry::other_only;
}

}  // namespace

TEST_CASE("failures of the fixtures are understood (err, gem2oai_stream.04)") {
    int seen = 0;
    for (const auto& fixture : wire_fixtures("err")) {
        const auto& input = fixture["input"];
        const auto provider = input["provider"].get<std::string>();
        if (provider != "studio" && provider != "vertex") continue;
        ++seen;
        CAPTURE(fixture["name"].get<std::string>());
        const auto& expected = fixture["expected"];
        const auto& error = expected["body"]["error"];
        const auto got = read_error(input["status"].get<int>(), {}, input["body"].dump());
        CHECK(got.error.message == error["message"].get<std::string>());
        CHECK(got.error.upstream_status == expected["status"].get<int>());
        CHECK(got.type == error["type"].get<std::string>());
        CHECK(got.code == error["code"].get<std::string>());
        CHECK(got.retry == retry_named(expected["retry"].get<std::string>()));
        CHECK(got.maybe_charged == (expected["charged"] == "maybe"));
        const auto hint = expected["headers"]["retry-after-ms"].get<std::string>();
        CHECK(got.error.retry_after == std::chrono::milliseconds(std::stoll(hint)));
        CHECK(got.disable_for == std::chrono::seconds(expected.value("disable_seconds", 0)));
    }
    CHECK(seen == 2);
}

TEST_CASE("an array is read like the object in it") {
    const auto got =
        read_error(503, {}, "\n[" + google(503, "UNAVAILABLE", "The model is overloaded.") + "\n]");
    CHECK(got.error.message == "The model is overloaded.");
    CHECK(got.error.kind == Kind::unavailable);
    CHECK(got.type == "service_unavailable_error");
    CHECK(got.code == "UNAVAILABLE");
    CHECK(got.retry == Retry::once);
}

TEST_CASE("each status has its meaning") {
    CHECK(failure(400, "INVALID_ARGUMENT").retry == Retry::never);
    CHECK(failure(400, "INVALID_ARGUMENT").type == "invalid_request_error");
    CHECK(failure(400, "FAILED_PRECONDITION").retry == Retry::other_only);
    CHECK(failure(401, "UNAUTHENTICATED").retry == Retry::refresh_once);
    CHECK(failure(401, "UNAUTHENTICATED").error.kind == Kind::unauthorized);
    CHECK(failure(403, "PERMISSION_DENIED").retry == Retry::other_only);
    CHECK(failure(403, "PERMISSION_DENIED").type == "permission_error");
    CHECK(failure(404, "NOT_FOUND").code == "model_not_found");
    CHECK(failure(404, "NOT_FOUND").retry == Retry::other_only);
    CHECK(failure(499, "CANCELLED").error.kind == Kind::cancelled);
    CHECK(failure(499, "CANCELLED").retry == Retry::never);
    CHECK(failure(500, "INTERNAL").retry == Retry::once);
    CHECK(failure(500, "INTERNAL").maybe_charged);
    CHECK_FALSE(failure(503, "UNAVAILABLE").maybe_charged);
    CHECK(failure(504, "DEADLINE_EXCEEDED").retry == Retry::other_only);
    CHECK(failure(504, "DEADLINE_EXCEEDED").maybe_charged);
    CHECK(failure(504, "DEADLINE_EXCEEDED").type == "timeout_error");
}

TEST_CASE("a bad key is the key's fault although it comes as 400") {
    const auto got = failure(400, "INVALID_ARGUMENT", "API key not valid.",
                             detail("ErrorInfo", R"("reason":"API_KEY_INVALID")"));
    CHECK(got.error.kind == Kind::unauthorized);
    CHECK(got.type == "authentication_error");
    CHECK(got.retry == Retry::other_only);
    CHECK(got.disable_for == 5min);
    CHECK(failure(400, "INVALID_ARGUMENT", "API key not valid.").error.kind == Kind::invalid);
}

TEST_CASE("a prompt that is too long is known by its code (pitfall of Codex)") {
    for (const auto* words :
         {"The input token count (1048577) exceeds the maximum number of tokens allowed (1048576).",
          "Unable to submit request because the input token count is 40000 but the model only "
          "supports up to 32768."}) {
        const auto got = failure(400, "INVALID_ARGUMENT", words);
        CHECK(got.code == "context_length_exceeded");
        CHECK(got.param == "messages");
        CHECK(got.retry == Retry::never);
    }
}

TEST_CASE("a quota says how long it is gone") {
    const auto per_day = quota(R"("quotaId":"GenerateRequestsPerDayPerProjectPerModel")");
    CHECK(failure(429, "RESOURCE_EXHAUSTED", "m", per_day).disable_for == 1h);
    const auto zero = failure(429, "RESOURCE_EXHAUSTED", "m",
                              quota(R"("quotaId":"PerMinute","quotaValue":"0")") + "," +
                                  detail("RetryInfo", R"("retryDelay":"20s")"));
    CHECK(zero.retry == Retry::other_only);
    CHECK(zero.disable_for == 20s);
    CHECK(zero.code == "insufficient_quota");
    CHECK(failure(429, "RESOURCE_EXHAUSTED").retry == Retry::other_first);  // Vertex: capacity
    CHECK(read_error(429, {{"retry-after", "7"}}, google(429, "RESOURCE_EXHAUSTED")).retry ==
          Retry::after_hint);
    CHECK(
        failure(429, "RESOURCE_EXHAUSTED", "m", detail("RetryInfo", R"("retryDelay":"99999999s")"))
            .error.retry_after == 24h * 7);
    CHECK(failure(429, "RESOURCE_EXHAUSTED", "m", detail("RetryInfo", R"("retryDelay":"soon")"))
              .error.retry_after == 0s);
}

TEST_CASE("the text of an error never decides on quotas (O-4)") {
    CHECK(failure(400, "INVALID_ARGUMENT", "429 quota exceeded PerDay limit: 0").retry ==
          Retry::never);
}

TEST_CASE("an error inside a stream names its own status") {
    CHECK(read_error(0, {}, google(429, "RESOURCE_EXHAUSTED")).error.kind == Kind::limited);
    CHECK(read_error(0, {}, R"({"error":{"status":"UNAVAILABLE","message":"m"}})")
              .error.upstream_status == 503);
    CHECK(read_error(0, {}, R"({"error":{"message":"m"}})").error.kind == Kind::upstream);
    CHECK(read_error(0, {}, R"({"error":{"code":70000000000,"message":"m"}})").error.kind ==
          Kind::upstream);
}

TEST_CASE("what is no error of Google still becomes one (pitfall 59)") {
    const auto page =
        read_error(502, {{"content-type", "text/html"}}, "<html><body>Bad gateway</body></html>");
    CHECK(page.error.message == "upstream answered 502 with a non-JSON body");
    CHECK(page.type == "server_error");
    CHECK(page.code == "upstream_error");
    CHECK(page.retry == Retry::once);
    CHECK(page.maybe_charged);
    CHECK(read_error(500, {}, "").error.message == "upstream answered 500 with an empty body");
    CHECK(read_error(413, {}, "").error.kind == Kind::too_large);
}

TEST_CASE("errors of Google and of Claude on Vertex tell apart") {
    CHECK(is_google_error(google(429, "RESOURCE_EXHAUSTED")));
    CHECK(is_google_error("[" + google(429, "RESOURCE_EXHAUSTED") + "]"));
    for (const auto* other :
         {R"({"type":"error","error":{"type":"overloaded_error","message":"m"}})", "{}", "[]", "",
          "<html>", R"({"error":"x"})", R"([1])"})
        CHECK_FALSE(is_google_error(other));
}

TEST_CASE("clients of Gemini's dialect get its errors") {
    CHECK(error_body(429, "slow \"down\"") ==
          R"({"error":{"code":429,"message":"slow \"down\"","status":"RESOURCE_EXHAUSTED"}})");
    CHECK(error_body(400, "x") ==
          R"({"error":{"code":400,"message":"x","status":"INVALID_ARGUMENT"}})");
    CHECK(error_body(413, "x") ==
          R"({"error":{"code":413,"message":"x","status":"INVALID_ARGUMENT"}})");
    CHECK(error_body(502, "x") == R"({"error":{"code":502,"message":"x","status":"INTERNAL"}})");
}
