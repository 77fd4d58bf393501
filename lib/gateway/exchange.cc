#include "gateway/exchange.h"

#include "base/text.h"
#include "gateway/embedding.h"
#include "gateway/translation.h"
#include "net/loop.h"

#include <algorithm>

namespace ogem::gateway {

namespace {

std::string_view outcome_of(Kind kind) {
    switch (kind) {
        case Kind::connection:
            return "connect";
        case Kind::tls:
            return "tls";
        case Kind::timeout:
            return "timeout";
        case Kind::overloaded:
            return "overloaded";
        default:
            return "bad_answer";
    }
}

// What a client asked wrongly, or too often, says nothing about the endpoint (behaviour.md 4.16).
bool is_endpoints_fault(Kind kind) {
    return kind != Kind::invalid && kind != Kind::not_found && kind != Kind::too_large &&
           kind != Kind::limited && kind != Kind::overloaded;
}

// "812.4" of 812.43 ms.
void append_tenths_of_ms(std::string& out, Duration duration) {
    const auto tenths = std::max<std::int64_t>(duration / 100us, 0);
    append(out, tenths / 10, '.', tenths % 10);
}

// "server-timing: ogem;dur=0.2, upstream;dur=812.4": milliseconds spent here and at the provider.
void append_server_timing(std::string& fields, Duration all, Duration upstream) {
    fields += "server-timing: ogem;dur=";
    append_tenths_of_ms(fields, all - upstream);
    fields += ", upstream;dur=";
    append_tenths_of_ms(fields, upstream);
    fields += "\r\n";
}

// Some providers repeat the key they refuse; nobody else may see it (promise 13).
void mask_key(std::string& message, const config::Credential& credential) {
    const auto& key = credential.key.reveal();
    for (auto at = key.empty() ? std::string::npos : message.find(key); at != std::string::npos;
         at = message.find(key, at))
        message.replace(at, key.size(), credential.key.masked());
}

void mask_keys(std::string& message, const route::Endpoint& endpoint) {
    for (const auto& credential : endpoint.provider->credentials) mask_key(message, credential);
    if (endpoint.credential) mask_key(message, *endpoint.credential);
}

}  // namespace

Exchange::Exchange(Gateway& gateway, Request& request, const route::Try& chosen,
                   route::Attempts& attempts, ReplySink& sink)
    : gateway_(gateway),
      request_(request),
      endpoint_(*chosen.endpoint),
      element_(*chosen.element),
      attempts_(attempts),
      sink_(sink),
      traffic_(*request.generation->traffic[chosen.endpoint->id]),
      began_(gateway.loop_.now()),
      memory_(gateway.memory_),
      pass_through_(*this, request) {
    request.usage.reset();  // of an attempt before
    outcome_.attempt.endpoint = chosen.endpoint;
    traffic_.in_flight.fetch_add(1, std::memory_order_relaxed);
    traffic_.requests.fetch_add(1, std::memory_order_relaxed);
    sink.go_on_without_client(endpoint_.provider->on_client_gone != config::OnClientGone::cancel);
}

Exchange::~Exchange() {
    traffic_.in_flight.fetch_sub(1, std::memory_order_relaxed);
}

Outcome& Exchange::conclude(Result<void> result) {
    outcome_.attempt.took = gateway_.loop_.now() - began_;
    outcome_.delivered = result.has_value();
    if (!result) note_failure(std::move(result.error()));
    if (result) note_success();
    return outcome_;
}

void Exchange::note_success() {
    traffic_.consecutive_failures.store(0, std::memory_order_relaxed);
    if (!request_.usage) return;
    traffic_.prompt_tokens.fetch_add(request_.usage->prompt_tokens, std::memory_order_relaxed);
    traffic_.completion_tokens.fetch_add(request_.usage->completion_tokens,
                                         std::memory_order_relaxed);
}

void Exchange::note_failure(Error error) {
    if (error.kind != Kind::cancelled) {
        traffic_.failures.fetch_add(1, std::memory_order_relaxed);
        if (is_endpoints_fault(error.kind))
            traffic_.consecutive_failures.fetch_add(1, std::memory_order_relaxed);
    }
    error.message = cat(endpoint_.route(), ": ", error.message);
    describe(error);
    outcome_.failure.error = std::move(error);
    if (!request_.committed) return;
    Failure failure;
    failure.error = outcome_.failure.error;
    failure.type = outcome_.failure.type;
    failure.code = outcome_.failure.code;
    failure.param = outcome_.failure.param;
    failure.attempts = attempts_.log();
    sink_.fail_midway(failure);
}

// The attempt as the client is told of it.
void Exchange::describe(const Error& error) {
    auto& attempt = outcome_.attempt;
    attempt.took = gateway_.loop_.now() - began_;
    attempt.status = error.upstream_status;
    attempt.message = error.message;
    attempt.outcome = outcome_.by_client ? "not_sent" : outcome_of(error.kind);
    if (error.upstream_status) attempt.outcome = std::to_string(error.upstream_status);
}

void Exchange::repeat(const Error& first) {
    describe(first);
    attempts_.repeated(outcome_.attempt);
    outcome_.failure = {};
    request_.usage.reset();
    began_ = gateway_.loop_.now();
}

net::Deadlines Exchange::deadlines() const {
    const auto& timeout = endpoint_.provider->timeout;
    return {timeout.connect, timeout.first_byte, timeout.idle, timeout.keepalive,
            request_.deadline};
}

Task<Result<void>> Exchange::converse() {
    const auto* dialect = dialect_of(endpoint_.provider->protocol);
    return dialect ? converse_in(*dialect) : pass_through_.run();
}

Task<Result<void>> Exchange::converse_in(const Dialect& dialect) {
    if (request_.incoming.operation == Operation::embedding) {
        Embedding embedding(*this, dialect);
        auto task = embedding.run();
        auto result = co_await task;
        co_return result;
    }
    Translation translation(*this, dialect);
    auto task = translation.run();
    auto result = co_await task;
    co_return result;
}

std::unexpected<Error> Exchange::provider_failed(const chat::Failure& failure) {
    outcome_.failure = failure;
    mask_keys(outcome_.failure.error.message, endpoint_);
    return fail(outcome_.failure.error);
}

std::unexpected<Error> Exchange::client_is_wrong(Error error, std::string_view code) {
    outcome_.by_client = true;
    outcome_.failure.code = code;
    outcome_.failure.param = error.field;
    return fail(std::move(error));
}

std::string Exchange::commit() {
    request_.committed = true;
    request_.first_token = gateway_.loop_.now() - request_.incoming.arrived;
    auto& attempt = outcome_.attempt;
    attempt.status = 200;
    attempt.outcome = "200";
    attempt.took = gateway_.loop_.now() - began_;
    traffic_.measured_first_token(attempt.took);
    attempts_.succeeded(attempt);
    attempts_.committed();
    std::string fields;
    fields.reserve(256);
    append(fields, "x-ogem-provider: ", endpoint_.provider->name,
           "\r\nx-ogem-region: ", endpoint_.region->name,
           "\r\nx-ogem-model: ", endpoint_.model->name, "\r\nx-ogem-attempts: ", attempts_.header(),
           "\r\n");
    if (!dropped_.empty()) append(fields, "x-ogem-dropped: ", join(dropped_, ","), "\r\n");
    append_server_timing(fields, request_.first_token, attempt.took);
    return fields;
}

}  // namespace ogem::gateway
