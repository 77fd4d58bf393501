#include "wire/gemini/error.h"

#include "json/writer.h"
#include "wire/gemini/error_details.h"
#include "wire/openai/error.h"
#include "wire/openai/provider_error.h"
#include "wire/retry_after.h"
#include "wire/retry_rules.h"

#include <algorithm>
#include <array>

namespace ogem::wire::gemini {

namespace {

using chat::Failure;
using chat::Retry;

struct StatusWord {
    std::string_view word;
    int http;
};

// google/rpc/code.proto, the first word of each HTTP status being the one that we say.
constexpr auto kStatusWords = std::to_array<StatusWord>({{"INVALID_ARGUMENT", 400},
                                                         {"FAILED_PRECONDITION", 400},
                                                         {"OUT_OF_RANGE", 400},
                                                         {"UNAUTHENTICATED", 401},
                                                         {"PERMISSION_DENIED", 403},
                                                         {"NOT_FOUND", 404},
                                                         {"ABORTED", 409},
                                                         {"ALREADY_EXISTS", 409},
                                                         {"RESOURCE_EXHAUSTED", 429},
                                                         {"CANCELLED", 499},
                                                         {"INTERNAL", 500},
                                                         {"UNKNOWN", 500},
                                                         {"DATA_LOSS", 500},
                                                         {"UNIMPLEMENTED", 501},
                                                         {"UNAVAILABLE", 503},
                                                         {"DEADLINE_EXCEEDED", 504}});

int http_status_of(const ErrorDetails& said) {
    const auto known = std::ranges::find(kStatusWords, said.status, &StatusWord::word);
    if (said.code >= 400 && said.code <= 599) return said.code;
    return known == kStatusWords.end() ? 0 : known->http;
}

std::string_view code_of(Kind kind) {
    switch (kind) {
        case Kind::unauthorized:
            return "invalid_api_key";
        case Kind::not_found:
            return "model_not_found";
        case Kind::limited:
            return "rate_limit_exceeded";
        default:
            return {};
    }
}

// The sentences in which Google says that a prompt is longer than the model's window.
bool says_too_long(std::string_view message) {
    const auto says = [&](std::string_view words) {
        return message.find(words) != std::string_view::npos;
    };
    return says("input token count") &&
           (says("exceeds the maximum number of tokens") || says("only supports up to"));
}

void fill(Failure& failure, const RetryRule& rule) {
    failure.retry = rule.retry;
    failure.maybe_charged = rule.maybe_charged;
    failure.disable_for = rule.disable_for;
}

void judge_bad_request(Failure& failure, const ErrorDetails& said) {
    if (said.reason == "API_KEY_INVALID") {
        failure.error.kind = Kind::unauthorized;
        failure.type = openai::words_of(Kind::unauthorized).type;
        failure.code = code_of(Kind::unauthorized);
        fill(failure, rule_of(401, false));
    } else if (said.status == "FAILED_PRECONDITION") {
        fill(failure, rule_of(404, false));  // not here: a region, an account without billing
    } else if (says_too_long(said.message)) {
        failure.code = "context_length_exceeded";
        failure.param = "messages";
    }
}

// Whom to ask again: what the status allows, unless Google says more.
void judge(Failure& failure, int status, const ErrorDetails& said) {
    auto& hint = failure.error.retry_after;
    if (said.retry_delay > Duration(0)) hint = std::min(said.retry_delay, kMaxRetryAfter);
    fill(failure, rule_of(status, hint > Duration(0)));
    if (status == 400) judge_bad_request(failure, said);
    if (status == 401) failure.retry = Retry::refresh_once;
    if (status != 402 && !(status == 429 && said.quota_is_gone)) return;
    failure.type = failure.code = "insufficient_quota";
    fill(failure, out_of_quota(hint));
}

}  // namespace

bool is_google_error(std::string_view body) {
    const auto said = read_error_details(body);
    return said.is_google;
}

Failure read_error(int status, const Headers& headers, std::string_view body) {
    const auto said = read_error_details(body);
    if (status == 0) status = http_status_of(said);
    if (status == 0) status = 502;  // failed inside a stream and did not say how
    auto words = openai::read_error(status, headers, body);
    Failure failure;
    failure.error = std::move(words.error);
    if (status == 499) failure.error.kind = Kind::cancelled;
    failure.type = openai::words_of(failure.error.kind).type;
    failure.code = code_of(failure.error.kind);
    if (failure.code.empty()) failure.code = said.status;
    if (failure.code.empty() && status >= 500) failure.code = "upstream_error";
    judge(failure, status, said);
    return failure;
}

std::string error_body(int status, std::string_view message) {
    const auto known = std::ranges::find(kStatusWords, status, &StatusWord::http);
    const auto other = status < 500 ? "INVALID_ARGUMENT" : "INTERNAL";
    std::string out;
    json::Writer w(out);
    w.begin_object().key("error").begin_object();
    w.key("code").value(status).key("message").value(message);
    w.key("status").value(known == kStatusWords.end() ? std::string_view(other) : known->word);
    w.end_object().end_object();
    return out;
}

}  // namespace ogem::wire::gemini
