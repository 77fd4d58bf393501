#include "wire/anthropic/error.h"

#include "wire/anthropic/answers.h"
#include "wire/capabilities.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::test;
using chat::Retry;
using json::Value;
using wire::anthropic::read_error;

namespace {

std::string_view word_of(Retry retry) {
    constexpr std::string_view kWords[] = {
        "never", "once", "after_hint", "other_first", "other_only", "refresh_once", "without_knob"};
    return kWords[static_cast<std::size_t>(retry)];
}

std::string body(const std::string& type, const std::string& message,
                 const std::string& code = "") {
    Value error{{"type", type}, {"message", message}};
    if (!code.empty()) error["details"] = {{"error_code", code}};
    return Value{{"type", "error"}, {"error", error}}.dump();
}

chat::Failure said_400(const std::string& message) {
    return read_error(400, {}, body("invalid_request_error", message));
}

}  // namespace

TEST_CASE("failures of Claude mean what the fixtures say") {
    int seen = 0;
    for (const auto& fixture : wire_fixtures("err")) {
        const auto& input = fixture["input"];
        if (input["provider"] != "claude" && input["provider"] != "vclaude") continue;
        CAPTURE(fixture["name"].get<std::string>());
        ++seen;
        wire::Headers headers;
        for (const auto& [name, value] : input["headers"].items())
            headers.emplace_back(name, value.get<std::string>());
        const auto failure = read_error(
            input["status"], headers,
            input.contains("raw") ? input["raw"].get<std::string>() : input["body"].dump());
        const auto& expected = fixture["expected"];
        const auto told = openai_failure(failure);
        CAPTURE(told.dump());
        CHECK(same_json(told["body"], expected["body"]));
        CHECK(told["status"] == expected["status"]);
        CHECK(word_of(failure.retry) == expected["retry"].get<std::string>());
        CHECK(failure.knob == expected.value("knob", ""));
        CHECK(failure.maybe_charged == (expected["charged"] == "maybe"));
        CHECK(failure.disable_for == std::chrono::seconds(expected.value("disable_seconds", 0)));
        const auto hint = expected.value("headers", Value::object()).value("retry-after-ms", "0");
        CHECK(failure.error.retry_after == std::chrono::milliseconds(std::stoll(hint)));
    }
    CHECK(seen >= 5);
}

TEST_CASE("each status of Anthropic leads to the right neighbour (ratelimits.md section 3)") {
    const auto retry = [](int status, const std::string& type) {
        return read_error(status, {}, body(type, "m")).retry;
    };
    CHECK(retry(400, "invalid_request_error") == Retry::never);
    CHECK(retry(401, "authentication_error") == Retry::other_only);
    CHECK(retry(402, "billing_error") == Retry::other_only);
    CHECK(retry(403, "permission_error") == Retry::other_only);
    CHECK(retry(404, "not_found_error") == Retry::other_only);
    CHECK(retry(409, "conflict_error") == Retry::never);
    CHECK(retry(413, "request_too_large") == Retry::never);
    CHECK(retry(422, "invalid_request_error") == Retry::never);
    CHECK(retry(429, "rate_limit_error") == Retry::other_first);  // nobody said how long
    CHECK(retry(500, "api_error") == Retry::once);
    CHECK(retry(502, "x") == Retry::once);
    CHECK(retry(504, "timeout_error") == Retry::other_only);
    CHECK(retry(529, "overloaded_error") == Retry::other_first);
    CHECK(retry(500, "overloaded_error") == Retry::other_first);
    CHECK(read_error(504, {}, "").maybe_charged);
    CHECK_FALSE(read_error(503, {}, "").maybe_charged);
    CHECK(read_error(402, {}, "").disable_for == 1h);
    CHECK(read_error(401, {}, "").disable_for == 5min);
    CHECK(read_error(502, {}, "<html><title>Bad</title></html>").error.message.find("Bad") !=
          std::string::npos);
}

TEST_CASE("spend limits are quota, in whichever of three statuses they come (pitfall 73)") {
    for (const auto* code :
         {"enforced_spend_limit_reached", "contract_spend_limit_reached",
          "linked_organization_spend_limit_reached", "linked_organization_billing_unavailable"})
        for (const int status : {400, 402, 429}) {
            const auto failure = read_error(status, {}, body("rate_limit_error", "m", code));
            CHECK(failure.code == "insufficient_quota");
            CHECK(failure.retry == Retry::other_only);
            CHECK(failure.disable_for == 1h);
        }
    for (const auto* text :
         {"You have reached your specified API usage limits. You will regain access on 2026-12-01.",
          "Your credit balance is too low to access the Anthropic API.",
          "This workspace has reached its spend limit"}) {
        const auto failure = said_400(text);
        CHECK(failure.error.kind == Kind::limited);
        CHECK(failure.type == "insufficient_quota");
    }
    // In a 429 the text decides nothing.
    CHECK(read_error(429, {{"retry-after", "1"}}, body("rate_limit_error", "spend limit")).retry ==
          Retry::after_hint);
}

TEST_CASE("codes of the organization are our trouble, not the client's") {
    const auto failure =
        read_error(400, {}, body("invalid_request_error", "m", "organization_on_hold"));
    CHECK(failure.error.kind == Kind::unauthorized);
    CHECK(failure.retry == Retry::other_only);
    CHECK(read_error(400, {}, body("invalid_request_error", "m", "tool_name_conflict")).retry ==
          Retry::never);
}

TEST_CASE("a prompt that is too long says so in the words that clients look for") {
    for (const auto* text :
         {"prompt is too long: 210000 tokens > 200000 maximum",
          "input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000"}) {
        CHECK(said_400(text).code == "context_length_exceeded");
        CHECK(said_400(text).retry == Retry::never);
    }
}

TEST_CASE("a model's refusal names the knob to do without") {
    // Wordings of public issues: NousResearch/hermes-agent#11137,
    // dotCipher/opencode-claude-bridge#1, elizaOS/eliza#16175, theopenco/llmgateway#3108,
    // Vali-98/ChatterUI#564, livekit/agents#4973.
    const std::pair<const char*, const char*> kSaid[] = {
        {"This model does not support assistant message prefill. The conversation must end with a "
         "user message.",
         "prefill"},
        {"\"thinking.type.enabled\" is not supported for this model. Use "
         "\"thinking.type.adaptive\" and \"output_config.effort\" to control thinking behavior.",
         "thinking_budget"},
        {"adaptive thinking is not supported on this model", "thinking_adaptive"},
        {"This model does not support the effort parameter.", "thinking_adaptive"},
        {"`temperature` and `top_p` cannot both be specified for this model. Please use only one.",
         "temperature_with_top_p"},
        {"`temperature` is deprecated for this model.", "temperature"},
        {"temperature: Extra inputs are not permitted", "temperature"},
        {"`temperature` may only be set to 1 when thinking is enabled or in adaptive mode.",
         "temperature"},
        {"`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled or in "
         "adaptive mode.",
         "top_p"},
        {"top_k: Extra inputs are not permitted", "top_k"},
        {"Thinking may not be enabled when tool_choice forces tool use.", "forced_tools"},
        {"output_config.format: Extra inputs are not permitted", "structured_outputs"},
        {"Unable to download the file. Please verify the URL and try again.", "url_sources"},
        {"messages.1.content.0: Invalid `signature` in `thinking` block", "stored_thinking"},
        {"max_tokens: 100000 > 8192, which is the maximum allowed number of output tokens", ""},
        {"messages: at least one message is required", ""},
        {"tools.0.custom.input_schema.type: Field required", ""},
    };
    for (const auto& [text, knob] : kSaid) {
        CAPTURE(text);
        const auto failure = said_400(text);
        CHECK(failure.knob == knob);
        CHECK((failure.retry == Retry::without_knob) == !failure.knob.empty());
        chat::Capabilities can;
        if (!failure.knob.empty() && failure.knob != "stored_thinking")
            CHECK(wire::do_without(can, failure.knob));
    }
}

TEST_CASE("Claude on Vertex fails in Google's shape too, and an old token is renewed (B5)") {
    const std::string google =
        R"([{"error":{"code":401,"message":"Request had invalid authentication credentials.","status":"UNAUTHENTICATED"}}])";
    const auto failure = read_error(401, {}, google);
    CHECK(failure.retry == Retry::refresh_once);
    CHECK(failure.error.message == "Request had invalid authentication credentials.");
    const std::string quota =
        R"({"error":{"code":429,"message":"Quota","status":"RESOURCE_EXHAUSTED"}})";
    CHECK(read_error(429, {}, quota).retry == Retry::other_first);
    CHECK(read_error(400, {}, body("invalid_request_error", "prompt is too long")).code ==
          "context_length_exceeded");
}
