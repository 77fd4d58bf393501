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

}  // namespace ogem::wire::openai
