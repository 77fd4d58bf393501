#include "wire/gemini/error.h"

#include "json/writer.h"
#include "wire/gemini/error_details.h"
#include "wire/openai/error.h"
#include "wire/openai/provider_error.h"
#include "wire/retry_after.h"

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

void judge_quota(Failure& failure, const ErrorDetails& said) {
    auto& hint = failure.error.retry_after;
    if (said.retry_delay > Duration(0)) hint = std::min(said.retry_delay, kMaxRetryAfter);
    if (!said.quota_is_gone) {
        failure.retry = hint > Duration(0) ? Retry::after_hint : Retry::other_first;
        return;
    }
    failure.type = failure.code = "insufficient_quota";
    failure.retry = Retry::other_only;
    failure.disable_for = hint > Duration(0) ? hint : Duration(1h);
}

void judge_bad_request(Failure& failure, const ErrorDetails& said) {
    failure.retry = Retry::never;
    if (said.reason == "API_KEY_INVALID") {
        failure.error.kind = Kind::unauthorized;
        failure.type = openai::words_of(Kind::unauthorized).type;
        failure.code = code_of(Kind::unauthorized);
        failure.retry = Retry::other_only;
        failure.disable_for = 5min;
    } else if (said.status == "FAILED_PRECONDITION") {
        failure.retry = Retry::other_only;
    } else if (says_too_long(said.message)) {
        failure.code = "context_length_exceeded";
        failure.param = "messages";
    }
}

// Whom to ask again, by HTTP status (spec wire/ratelimits section 3).
void judge(Failure& failure, int status, const ErrorDetails& said) {
    switch (status) {
        case 400:
            return judge_bad_request(failure, said);
        case 401:
            failure.retry = Retry::refresh_once;
            return;
        case 402:
        case 429:
            return judge_quota(failure, said);
        case 403:
        case 404:
            failure.retry = Retry::other_only;
            return;
        case 408:
            failure.maybe_charged = true;
            return;
        case 504:
            failure.retry = Retry::other_first;
            failure.maybe_charged = true;
            return;
        default:
            failure.retry = status >= 500 ? Retry::once : Retry::never;
            failure.maybe_charged = status >= 500 && status != 503;
    }
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
