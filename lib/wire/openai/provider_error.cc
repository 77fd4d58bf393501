#include "wire/openai/provider_error.h"

#include "base/text.h"
#include "wire/retry_after.h"
#include "wire/retry_rules.h"

#include <algorithm>
#include <array>
#include <utility>

namespace ogem::wire::openai {

namespace {

constexpr std::size_t kMaxTitle = 120;  // bytes
constexpr std::size_t kSearchedForTitle = 4'096;
constexpr std::size_t kMaxPlainText = 500;  // of an error event that is no JSON, bytes

// Words of `code` and `type` that say more than a status does, or stand where there is none. Seen
// at OpenAI, Azure and servers that copy them (spec: wire/openai section 4).
constexpr std::array<std::pair<std::string_view, int>, 18> kStatusOfWord{{
    {"insufficient_quota", 402},
    {"billing_hard_limit_reached", 402},
    {"billing_not_active", 402},
    {"credit_balance_exhausted", 402},
    {"rate_limit_exceeded", 429},
    {"rate_limit_error", 429},
    {"slow_down", 503},
    {"server_is_overloaded", 503},
    {"overloaded_error", 503},
    {"service_unavailable_error", 503},
    {"timeout_error", 504},
    {"context_length_exceeded", 400},
    {"invalid_api_key", 401},
    {"authentication_error", 401},
    {"permission_error", 403},
    {"model_not_found", 404},
    {"not_found_error", 404},
    {"invalid_request_error", 400},
}};

int status_of_word(std::string_view word) {
    const auto* known =
        std::ranges::find(kStatusOfWord, word, &std::pair<std::string_view, int>::first);
    return known == kStatusOfWord.end() ? 0 : known->second;
}

int status_of_words(std::string_view type, std::string_view code) {
    const auto status = status_of_word(code);
    return status ? status : status_of_word(type);
}

// The text of the first <title> element, its space folded; empty if there is none.
std::string title_of(std::string_view page) {
    const auto lower = to_lower(page.substr(0, kSearchedForTitle));
    const auto tag = lower.find("<title");
    const auto start = tag == std::string::npos ? tag : lower.find('>', tag);
    if (start == std::string::npos) return {};
    const auto end = std::min(lower.find('<', start), lower.size());
    std::string title;
    for (const char c : trim(page.substr(start + 1, end - start - 1))) {
        const bool space = static_cast<unsigned char>(c) <= ' ';
        if (!space) title += c;
        if (space && !title.ends_with(' ')) title += ' ';
    }
    title.resize(std::min(title.size(), kMaxTitle));
    return title;
}

}  // namespace

std::string look_of(std::string_view body) {
    if (trim(body).empty()) return "an empty body";
    const auto title = title_of(body);
    return title.empty() ? "a non-JSON body" : cat("a web page titled \"", title, '"');
}

Kind kind_of_status(int status) {
    switch (status) {
        case 401:
            return Kind::unauthorized;
        case 402:
        case 429:
            return Kind::limited;
        case 403:
            return Kind::forbidden;
        case 404:
        case 410:
            return Kind::not_found;
        case 408:
        case 504:
            return Kind::timeout;
        case 413:
        case 414:
        case 431:
            return Kind::too_large;
        case 503:
        case 529:
            return Kind::unavailable;
        default:
            return status >= 400 && status < 500 ? Kind::invalid : Kind::upstream;
    }
}

namespace {

bool is_refused_knob(const ProviderError& failure) {
    return (failure.code == "unsupported_parameter" || failure.code == "unsupported_value") &&
           !failure.param.empty();
}

void decide_retry(int status, ProviderError& failure) {
    const auto hint = failure.error.retry_after;
    const auto said = status_of_words(failure.type, failure.code);
    const bool quota = status == 402 || (status == 429 && said == 402);
    const auto rule = quota ? out_of_quota(hint) : rule_of(status, hint > Duration::zero());
    failure.retry = rule.retry;
    failure.maybe_charged = rule.maybe_charged;
    failure.disable_for = rule.disable_for;
    if (quota) failure.type = "insufficient_quota";
    if (quota && failure.code.empty()) failure.code = "insufficient_quota";
    if (status == 400 && is_refused_knob(failure)) {
        failure.retry = chat::Retry::without_knob;
        failure.knob = failure.param;
    }
    // OpenAI's own words for it (spec: "overloaded when the upstream said so").
    if (status == 503 && said == 503) {
        failure.type = "service_unavailable_error";
        failure.code = "overloaded";
    }
}

ProviderError failure_of(Error error, ErrorWords words) {
    ProviderError failure;
    failure.error = std::move(error);
    failure.error.message = std::move(words.message);
    failure.type = std::move(words.type);
    failure.code = std::move(words.code);
    failure.param = std::move(words.param);
    return failure;
}

}  // namespace

ProviderError read_error(int status, const Headers& headers, std::string_view body) {
    auto words = read_error_words(body);
    if (words.message.empty()) {
        const bool is_json = trim(body).starts_with('{') || trim(body).starts_with('[');
        words.message = cat("upstream answered ", status, " with ",
                            is_json ? std::string("no message") : look_of(body));
    }
    auto failure = failure_of(Error{kind_of_status(status), {}, status, retry_after_of(headers)},
                              std::move(words));
    decide_retry(status, failure);
    return failure;
}

ErrorWords read_event_words(std::string_view data) {
    auto words = read_error_words(data);
    const bool plain_text = !data.starts_with('{') && !data.starts_with('[');
    if (words.message.empty() && plain_text) words.message = trim(data.substr(0, kMaxPlainText));
    if (words.message.empty())
        words.message = "upstream failed in the middle of the stream and did not say why";
    return words;
}

ProviderError read_error_event(std::string_view data) {
    auto words = read_event_words(data);
    const int named = words.status;
    const int status = named ? named : status_of_words(words.type, words.code);
    const auto kind = status ? kind_of_status(status) : Kind::upstream;
    auto failure = failure_of(Error{kind, {}, named, {}}, std::move(words));
    decide_retry(status ? status : 500, failure);
    failure.maybe_charged = true;
    return failure;
}

}  // namespace ogem::wire::openai
