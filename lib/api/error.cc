#include "api/error.h"

#include "base/text.h"
#include "wire/openai/error.h"

#include <algorithm>

namespace ogem::api {

namespace {

// A provider's client error keeps its status; its server errors become ours.
int status_of(const Error& error, int ours) {
    const int theirs = error.upstream_status;
    const bool clients_fault = error.kind == Kind::invalid || error.kind == Kind::not_found ||
                               error.kind == Kind::too_large;
    return clients_fault && theirs >= 400 && theirs < 500 ? theirs : ours;
}

void append_retry_after(std::string& fields, int status, const gateway::Failure& failure) {
    if (!failure.attempts.empty()) fields += "x-should-retry: false\r\n";
    if (status != 429 && status != 503) return;
    const auto wait = std::max<Duration>(failure.error.retry_after, 1s);
    append(fields, "retry-after: ", std::chrono::ceil<std::chrono::seconds>(wait).count(),
           "\r\nretry-after-ms: ", std::chrono::ceil<std::chrono::milliseconds>(wait).count(),
           "\r\n");
}

std::string who_failed(const gateway::Failure& failure) {
    if (failure.by_client) return "client";
    const bool asked = !failure.attempts.empty() && failure.error.kind != Kind::overloaded;
    return asked ? "provider" : "ogem";
}

std::vector<wire::openai::AttemptNote> notes_of(const std::vector<route::Attempt>& attempts) {
    std::vector<wire::openai::AttemptNote> notes;
    notes.reserve(attempts.size());
    for (const auto& attempt : attempts)
        notes.push_back({attempt.endpoint->route(), attempt.status, attempt.outcome,
                         attempt.message, milliseconds_of(attempt.took)});
    return notes;
}

}  // namespace

ErrorReply error_reply(const gateway::Failure& failure) {
    const auto kind = failure.error.kind;
    ErrorReply reply;
    reply.status = status_of(failure.error, wire::openai::words_of(kind).status);
    wire::openai::ErrorObject object;
    object.message = failure.error.message;
    object.type = failure.type;
    object.code = failure.code;
    wire::openai::fill_words(kind, object.type, object.code);
    object.param = failure.param.empty() ? failure.error.field : failure.param;
    object.who = who_failed(failure);
    object.attempts = notes_of(failure.attempts);
    reply.body = wire::openai::to_json(object);
    append_retry_after(reply.fields, reply.status, failure);
    if (reply.status == 401) reply.fields += "WWW-Authenticate: Bearer\r\n";
    return reply;
}

ErrorReply error_reply(const Error& error) {
    gateway::Failure failure;
    failure.error = error;
    failure.by_client = error.kind != Kind::internal && error.kind != Kind::io;
    return error_reply(failure);
}

std::string error_body(std::string_view type, std::string_view code, std::string_view message) {
    wire::openai::ErrorObject object;
    object.message = message;
    object.type = type;
    object.code = code;
    object.who = "client";
    return wire::openai::to_json(object);
}

}  // namespace ogem::api
