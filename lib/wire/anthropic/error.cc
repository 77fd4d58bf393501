#include "wire/anthropic/error.h"

#include "base/text.h"
#include "json/cursor.h"
#include "json/scan.h"
#include "wire/anthropic/refused_knob.h"
#include "wire/gemini/error.h"
#include "wire/openai/error.h"
#include "wire/openai/provider_error.h"
#include "wire/retry_rules.h"

#include <algorithm>

namespace ogem::wire::anthropic {

namespace {

using chat::Failure;
using chat::Retry;

struct TypeStatus {
    std::string_view type;
    int status;
};
constexpr TypeStatus kTypes[] = {
    {"invalid_request_error", 400}, {"authentication_error", 401}, {"billing_error", 402},
    {"permission_error", 403},      {"not_found_error", 404},      {"conflict_error", 409},
    {"request_too_large", 413},     {"rate_limit_error", 429},     {"api_error", 500},
    {"timeout_error", 504},         {"overloaded_error", 529},
};

int status_of_type(std::string_view type) {
    const auto* found = std::ranges::find(kTypes, type, &TypeStatus::type);
    return found == std::end(kTypes) ? 0 : found->status;
}

// Codes that mean something else than the status they come with. The rest is the client's to read.
constexpr TypeStatus kCodes[] = {
    {"enforced_spend_limit_reached", 402},
    {"contract_spend_limit_reached", 402},
    {"linked_organization_spend_limit_reached", 402},
    {"linked_organization_billing_unavailable", 402},
    {"organization_on_hold", 401},
    {"claude_code_version_too_old", 401},
    {"claude_code_key_creator_not_member", 401},
    {"cmek_key_unreachable", 503},
    {"cmek_context_unavailable", 503},
};

int status_of_code(std::string_view code) {
    const auto* found = std::ranges::find(kCodes, code, &TypeStatus::type);
    return found == std::end(kCodes) ? 0 : found->status;
}

// The raw value of the member `name` of the object `raw`; empty if there is none.
std::string_view member(std::string_view raw, std::string_view name) {
    json::Cursor c(raw);
    std::string_view found, each;
    if (c.peek() != '{') return found;
    for (c.enter_object(); c.next_member(each);) {
        const auto value = c.value();
        if (each == name) found = value;
    }
    return c.failed() ? std::string_view() : found;
}

std::string error_code_of(std::string_view body) {
    const auto details = member(member(body, "error"), "details");
    return json::string_of(member(details, "error_code")).value_or(std::string());
}

bool says_any(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(
        words, [&](auto word) { return text.find(word) != std::string_view::npos; });
}

// Limits that the customer has set, and empty accounts, are told as 400 invalid_request_error.
bool is_about_money(std::string_view message) {
    return says_any(message, {"spend limit", "api usage limits", "credit balance is too low"});
}

bool is_too_long(std::string_view message) {
    return says_any(message, {"prompt is too long", "exceed context limit",
                              "exceeds the context window", "exceed the context window"});
}

void fill(Failure& failure, const RetryRule& rule) {
    failure.retry = rule.retry;
    failure.maybe_charged = rule.maybe_charged;
    failure.disable_for = rule.disable_for;
}

void judge_bad_request(Failure& failure) {
    const auto lower = to_lower(failure.error.message);
    if (is_too_long(lower)) {
        failure.code = "context_length_exceeded";
        failure.param = "messages";
    } else if (const auto knob = refused_knob(lower); !knob.empty()) {
        failure.retry = Retry::without_knob;
        failure.knob = knob;
    }
}

// `meaning`: the status that says best what happened, whatever status it came with.
Failure failure_of(Error error, int meaning) {
    if (meaning == 400 && is_about_money(to_lower(error.message))) meaning = 402;
    Failure failure;
    failure.error = std::move(error);
    failure.error.kind = openai::kind_of_status(meaning);
    fill(failure, rule_of(meaning, failure.error.retry_after > Duration(0)));
    openai::fill_words(failure.error.kind, failure.type, failure.code);
    if (meaning == 402) failure.type = failure.code = "insufficient_quota";
    if (meaning == 529) failure.code = "overloaded";
    if (meaning == 400) judge_bad_request(failure);
    return failure;
}

Failure read_own_stream_error(std::string_view data) {
    auto words = openai::read_error_words(data);
    int status = status_of_type(words.type);
    if (status == 0) status = words.status ? words.status : 500;
    if (words.message.empty()) words.message = "the provider broke the answer off with an error";
    const int code = status_of_code(error_code_of(data));
    Error error{Kind::upstream, std::move(words.message), status, {}};
    return failure_of(std::move(error), code ? code : status);
}

}  // namespace

Failure read_error(int status, const Headers& headers, std::string_view body) {
    if (gemini::is_google_error(body)) return gemini::read_error(status, headers, body);
    auto told = openai::read_error(status, headers, body);
    int meaning = status_of_code(error_code_of(body));
    // Servers in between may say 500 to everything.
    if (meaning == 0 && status >= 500) meaning = status_of_type(told.type);
    return failure_of(std::move(told.error), meaning ? meaning : status);
}

Failure read_stream_error(std::string_view data, bool spoken) {
    auto failure = gemini::is_google_error(data) ? gemini::read_error(0, {}, data)
                                                 : read_own_stream_error(data);
    failure.maybe_charged = failure.maybe_charged || spoken;
    return failure;
}

}  // namespace ogem::wire::anthropic
