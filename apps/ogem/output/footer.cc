#include "ogem/output/footer.h"

#include "base/text.h"
#include "ogem/output/members.h"
#include "ogem/output/units.h"

#include <charconv>
#include <cmath>

namespace ogem::cli {

namespace {

std::string error_word(std::string_view status) {
    if (status == "429") return "rate_limited";
    if (status == "401" || status == "403") return "refused";
    if (status.size() == 3 && status.find_first_not_of("0123456789") == status.npos) {
        return cat("http ", status);
    }
    return std::string(status);  // a word already: timeout, connection
}

// One attempt as x-ogem-attempts has it: provider/region=status;ms
json::Value attempt_of(std::string_view text) {
    const auto equals = text.find('=');
    const auto semicolon = text.find(';', equals == text.npos ? 0 : equals);
    if (equals == text.npos || semicolon == text.npos) return nullptr;
    const auto status = text.substr(equals + 1, semicolon - equals - 1);
    if (status.starts_with('2')) return nullptr;
    double ms = 0;
    std::from_chars(text.data() + semicolon + 1, text.data() + text.size(), ms);
    json::Value attempt;
    attempt["route"] = std::string(text.substr(0, equals));
    attempt["error"] = error_word(status);
    attempt["ms"] = std::llround(ms);
    return attempt;
}

json::Value tried_of(std::string_view attempts) {
    auto tried = json::Value::array();
    for (const auto piece : split(attempts, ',')) {
        auto attempt = attempt_of(trim(piece));
        if (!attempt.is_null()) tried.push_back(std::move(attempt));
    }
    return tried;
}

json::Value or_null(const std::string& text) {
    return text.empty() ? json::Value() : json::Value(text);
}

std::optional<std::int64_t> known_count(const json::Value& usage, std::string_view name) {
    if (!member(usage, name).is_number_integer()) return std::nullopt;
    return count_in(usage, name);
}

}  // namespace

About about_of(const wire::Headers& headers) {
    About about;
    for (const auto* name : {"x-ogem-provider", "x-ogem-region", "x-ogem-model"}) {
        const auto part = wire::header(headers, name);
        if (part.empty()) continue;
        append(about.route, about.route.empty() ? "" : "/", part);
    }
    about.attempts = wire::header(headers, "x-ogem-attempts");
    about.cache = wire::header(headers, "x-ogem-cache");
    about.request_id = wire::header(headers, "x-request-id");
    return about;
}

void take_usage(About& about, const json::Value& usage) {
    about.tokens_in = known_count(usage, "prompt_tokens");
    about.tokens_out = known_count(usage, "completion_tokens");
}

std::string footer_of(const About& about) {
    auto line = about.route;
    if (!line.empty()) line += "  ";
    if (about.first_token) {
        append(line, seconds_with_space(milliseconds_of(*about.first_token)), " to first token, ");
    }
    line += seconds_with_space(milliseconds_of(about.total));
    if (about.tokens_in && about.tokens_out) {
        append(line, "  ", *about.tokens_in, "+", *about.tokens_out, " tok");
    }
    return line;
}

json::Value ogem_member(const About& about) {
    json::Value ogem;
    ogem["route"] = or_null(about.route);
    ogem["tried"] = tried_of(about.attempts);
    ogem["cache"] = or_null(about.cache);
    ogem["ttft_ms"] = nullptr;
    if (about.first_token) ogem["ttft_ms"] = std::llround(milliseconds_of(*about.first_token));
    ogem["total_ms"] = std::llround(milliseconds_of(about.total));
    ogem["request_id"] = or_null(about.request_id);
    return ogem;
}

}  // namespace ogem::cli
