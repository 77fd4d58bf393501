#include "wire/openai/error.h"

#include "json/writer.h"

#include <cmath>

namespace ogem::wire::openai {

namespace {

void write_or_null(json::Writer& w, std::string_view name, std::string_view text) {
    w.key(name);
    text.empty() ? w.null() : w.value(text);
}

void write_attempt(json::Writer& w, const AttemptNote& attempt) {
    w.begin_object().key("route").value(attempt.route).key("status");
    attempt.status ? w.value(attempt.status) : w.null();
    w.key("outcome").value(attempt.outcome);
    w.key("message").value(attempt.message);
    w.key("ms").value(std::round(attempt.ms * 10) / 10).end_object();
}

}  // namespace

KindWords words_of(Kind kind) {
    switch (kind) {
        case Kind::invalid:
            return {400, "invalid_request_error", ""};
        case Kind::unauthorized:
            return {401, "authentication_error", "invalid_api_key"};
        case Kind::forbidden:
            return {403, "permission_error", ""};
        case Kind::not_found:
            return {404, "not_found_error", "model_not_found"};
        case Kind::too_large:
            return {413, "invalid_request_error", "request_too_large"};
        case Kind::limited:
            return {429, "rate_limit_error", "rate_limit_exceeded"};
        case Kind::unavailable:
            return {503, "service_unavailable_error", "no_available_endpoints"};
        case Kind::overloaded:
            return {503, "service_unavailable_error", "overloaded"};
        case Kind::upstream:
        case Kind::connection:
            return {502, "server_error", "upstream_error"};
        case Kind::tls:
            return {502, "server_error", "upstream_tls"};
        case Kind::timeout:
            return {504, "timeout_error", "upstream_timeout"};
        case Kind::cancelled:
            return {499, "server_error", "cancelled"};
        case Kind::io:
        case Kind::internal:
            break;
    }
    return {500, "server_error", ""};
}

void fill_words(Kind kind, std::string& type, std::string& code) {
    const auto words = words_of(kind);
    if (type.empty() && code.empty()) code = words.code;
    if (type.empty()) type = words.type;
}

std::string to_json(const ErrorObject& error) {
    std::string out;
    json::Writer w(out);
    w.begin_object().key("error").begin_object();
    w.key("message").value(error.message).key("type").value(error.type);
    write_or_null(w, "param", error.param);
    write_or_null(w, "code", error.code);
    w.key("ogem").begin_object().key("who").value(error.who).key("attempts").begin_array();
    for (const auto& attempt : error.attempts) write_attempt(w, attempt);
    w.end_array().end_object().end_object().end_object();
    return out;
}

std::string error_body(std::string_view message, std::string_view type, std::string_view code,
                       std::string_view param) {
    std::string out;
    json::Writer w(out);
    w.begin_object().key("error").begin_object().key("message").value(message);
    w.key("type").value(type);
    write_or_null(w, "param", param);
    write_or_null(w, "code", code);
    w.end_object().end_object();
    return out;
}

std::string error_body(const chat::Failure& failure) {
    auto type = failure.type, code = failure.code;
    fill_words(failure.error.kind, type, code);
    const auto& param = failure.param.empty() ? failure.error.field : failure.param;
    return error_body(failure.error.message, type, code, param);
}

}  // namespace ogem::wire::openai
