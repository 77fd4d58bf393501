#include "gateway/exchange.h"

#include "base/text.h"
#include "gateway/answer_head.h"
#include "gateway/embedding.h"
#include "gateway/mock_transfer.h"
#include "gateway/translation.h"
#include "gateway/whole_body.h"
#include "json/scan.h"
#include "net/loop.h"
#include "wire/openai/request.h"

#include <algorithm>

namespace ogem::gateway {

namespace {

constexpr std::size_t kMaxHeldBack = 1 << 20;  // of a stream before its first meaningful event

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
      memory_(gateway.memory_) {
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

// What the provider said beside its message, for the client to read in the same words.
void Exchange::note_words(const wire::openai::ErrorWords& words) {
    outcome_.failure.type = words.type;
    outcome_.failure.code = words.code;
    outcome_.failure.param = words.param;
}

void Exchange::note_failure(Error error) {
    if (error.kind != Kind::cancelled) {
        traffic_.failures.fetch_add(1, std::memory_order_relaxed);
        if (is_endpoints_fault(error.kind))
            traffic_.consecutive_failures.fetch_add(1, std::memory_order_relaxed);
    }
    auto& attempt = outcome_.attempt;
    attempt.status = error.upstream_status;
    attempt.outcome =
        error.upstream_status ? std::to_string(error.upstream_status) : outcome_of(error.kind);
    error.message = cat(endpoint_.route(), ": ", error.message);
    attempt.message = error.message;
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

net::UpstreamRequest Exchange::upstream_request() {
    const auto& target = request_.generation->targets[endpoint_.id];
    const auto& name = endpoint_.model->name;
    net::UpstreamRequest upstream;
    upstream.url = &target.url;
    upstream.credential_class = target.credential_class;
    body_ = wire::openai::with_model(request_.incoming.body, request_.envelope, name);
    upstream.body = body_.pieces();
    const auto& head = target.heads[static_cast<std::size_t>(request_.incoming.operation)];
    upstream.head.reserve(head.size() + 24);
    append(upstream.head, head, upstream.body.size(), "\r\n\r\n");
    return upstream;
}

net::Deadlines Exchange::deadlines() const {
    const auto& timeout = endpoint_.provider->timeout;
    return {timeout.connect, timeout.first_byte, timeout.idle, timeout.keepalive,
            request_.deadline};
}

MockCall Exchange::mock_call() const {
    const auto& incoming = request_.incoming;
    return {static_cast<MockEndpoint>(incoming.operation),
            element_.name,
            element_.typed,
            incoming.body,
            *incoming.headers,
            incoming.request_id,
            unix_seconds_now()};
}

std::unique_ptr<net::Transfer> Exchange::send() {
    if (endpoint_.provider->protocol != config::Protocol::mock)
        return gateway_.sender_.send(upstream_request(), deadlines());
    return std::make_unique<MockTransfer>(gateway_.loop_, plan_mock(mock_call()),
                                          request_.deadline);
}

Task<Result<void>> Exchange::converse() {
    if (const auto* dialect = dialect_of(endpoint_.provider->protocol)) {
        auto task = converse_in(*dialect);
        auto result = co_await task;
        co_return result;
    }
    const auto transfer = send();
    auto head = co_await transfer->head();
    if (!head) {
        outcome_.maybe_charged = transfer->sent() == net::Sent::everything;
        co_return fail_as(head);
    }
    if (head->status != 200) {
        auto refused = co_await provider_refused(*transfer, *head);
        co_return refused;
    }
    if (auto fine = check_answer_head(*head->headers, request_.envelope.stream); !fine)
        co_return fine;
    auto task = request_.envelope.stream ? relay_stream(*transfer) : relay_answer(*transfer);
    auto result = co_await task;
    co_return result;
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

// What the provider said, for the client to read in its words.
std::unexpected<Error> Exchange::provider_failed(const chat::Failure& failure) {
    outcome_.failure = failure;
    mask_keys(outcome_.failure.error.message, endpoint_);
    return fail(outcome_.failure.error);
}

// The request cannot be said in the provider's dialect: another element of the chain may do.
std::unexpected<Error> Exchange::client_is_wrong(Error error, std::string_view code) {
    outcome_.by_client = true;
    outcome_.failure.code = code;
    outcome_.failure.param = error.field;
    return fail(std::move(error));
}

// Reads what the provider says of its failure; the answer's length is not trusted.
Task<Result<void>> Exchange::provider_refused(net::Transfer& transfer,
                                              const net::ResponseHead& head) {
    const auto headers = *head.headers;  // they are the connection's: reading on may change them
    std::string store;
    auto body = co_await whole_body(transfer, kMaxErrorBody, store, memory_);
    outcome_.failure = wire::openai::read_error(head.status, headers, body.value_or(""));
    outcome_.failure.error.upstream_status = head.status;
    mask_keys(outcome_.failure.error.message, endpoint_);
    co_return fail(outcome_.failure.error);
}

Task<Result<void>> Exchange::relay_answer(net::Transfer& transfer) {
    std::string store;
    auto body = co_await whole_body(transfer, kMaxAnswer, store, memory_);
    if (!body) co_return fail_as(body);
    auto answer = wire::openai::read_answer(*body, element_.typed);
    if (!answer) co_return fail_as(answer);
    request_.usage = answer->usage;
    const auto fields = commit();
    sink_.reply(200, fields, "application/json", answer->body.pieces());
    co_return Result<void>{};
}

// Events pass as they come. Nothing goes out before the first meaningful one; an end that is not
// genuine is a failure.
Task<Result<void>> Exchange::relay_stream(net::Transfer& transfer) {
    wire::openai::StreamLane lane(element_.typed);
    std::string out;
    auto last_event = gateway_.loop_.now();
    while (!lane.complete()) {
        auto piece = co_await transfer.read();
        if (!piece) co_return fail_as(piece);
        const auto held = out.size();
        auto fed = piece->empty() ? lane.finish(out) : lane.feed(*piece, out);
        request_.usage = lane.usage();
        // An event in pieces will be there three times: put together, passed on, and with the
        // client.
        if (!memory_.try_set(3 * lane.held() + out.capacity())) co_return no_room();
        if (!request_.committed && (lane.meaningful() || lane.complete())) {
            const auto fields = commit();
            sink_.begin_stream(fields);
        }
        if (!fed) {
            if (request_.committed) sink_.write(out);
            note_words(lane.words());
            co_return fail_as(fed);
        }
        // Comments keep a connection busy, not an answer alive (promises section C).
        if (out.size() > held) last_event = gateway_.loop_.now();
        if (gateway_.loop_.now() - last_event > endpoint_.provider->timeout.idle)
            co_return fail(Kind::timeout, "the answer stalled: nothing but comments came");
        if (!request_.committed && out.size() > kMaxHeldBack)
            co_return fail(Kind::upstream,
                           "nothing meaningful came in the first megabyte of the stream");
        if (!request_.committed || lane.complete()) continue;
        sink_.write(out);
        free_memory(out);  // it may be long until the next event
        if (sink_.must_wait() && !co_await sink_.drained(request_.deadline))
            co_return fail(Kind::cancelled, "the client stopped reading");
    }
    sink_.finish(out);
    transfer.no_more_needed();
    co_return Result<void>{};
}

// From here on the answer is this endpoint's, for better or worse. Returns the header lines that
// tell the route.
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
    if (!request_.dropped.empty())
        append(fields, "x-ogem-dropped: ", join(request_.dropped, ","), "\r\n");
    append_server_timing(fields, request_.first_token, attempt.took);
    return fields;
}

}  // namespace ogem::gateway
