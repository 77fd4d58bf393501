#include "gateway/pass_through.h"

#include "base/text.h"
#include "gateway/answer_head.h"
#include "gateway/exchange.h"
#include "gateway/mock_transfer.h"
#include "gateway/whole_body.h"
#include "net/loop.h"
#include "wire/openai/request.h"
#include "wire/openai/response.h"
#include "wire/openai/stream.h"

namespace ogem::gateway {

PassThrough::PassThrough(Exchange& exchange, Request& request)
    : exchange_(exchange), request_(request) {}

// What the provider said beside its message, for the client to read in the same words.
void PassThrough::note_words(const wire::openai::ErrorWords& words) {
    exchange_.outcome_.failure.type = words.type;
    exchange_.outcome_.failure.code = words.code;
    exchange_.outcome_.failure.param = words.param;
}

net::UpstreamRequest PassThrough::upstream_request() {
    const auto& target = exchange_.target();
    const auto& name = exchange_.endpoint_.model->name;
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

MockCall PassThrough::mock_call() const {
    const auto& incoming = request_.incoming;
    return {static_cast<MockEndpoint>(incoming.operation),
            exchange_.element_.name,
            exchange_.element_.typed,
            incoming.body,
            *incoming.headers,
            incoming.request_id,
            unix_seconds_now()};
}

std::unique_ptr<net::Transfer> PassThrough::send() {
    if (exchange_.endpoint_.provider->protocol != config::Protocol::mock)
        return exchange_.gateway_.sender_.send(upstream_request(), exchange_.deadlines());
    return std::make_unique<MockTransfer>(exchange_.gateway_.loop_, plan_mock(mock_call()),
                                          request_.deadline);
}

Task<Result<void>> PassThrough::run() {
    const auto transfer = send();
    auto head = co_await transfer->head();
    if (!head) {
        exchange_.outcome_.maybe_charged = transfer->sent() == net::Sent::everything;
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

// Reads what the provider says of its failure; the answer's length is not trusted.
Task<Result<void>> PassThrough::provider_refused(net::Transfer& transfer,
                                                 const net::ResponseHead& head) {
    const auto headers = *head.headers;  // they are the connection's: reading on may change them
    std::string store;
    auto body = co_await whole_body(transfer, kMaxErrorBody, store, exchange_.memory_);
    auto failure = wire::openai::read_error(head.status, headers, body.value_or(""));
    failure.error.upstream_status = head.status;
    co_return exchange_.provider_failed(failure);
}

Task<Result<void>> PassThrough::relay_answer(net::Transfer& transfer) {
    std::string store;
    auto body = co_await whole_body(transfer, kMaxAnswer, store, exchange_.memory_);
    if (!body) co_return fail_as(body);
    auto answer = wire::openai::read_answer(*body, exchange_.element_.typed);
    if (!answer) co_return fail_as(answer);
    request_.usage = answer->usage;
    const auto fields = exchange_.commit();
    exchange_.sink_.reply(200, fields, "application/json", answer->body.pieces());
    co_return Result<void>{};
}

// Events pass as they come. Nothing goes out before the first meaningful one; an end that is not
// genuine is a failure.
Task<Result<void>> PassThrough::relay_stream(net::Transfer& transfer) {
    wire::openai::StreamLane lane(exchange_.element_.typed);
    std::string out;
    auto last_event = exchange_.gateway_.loop_.now();
    while (!lane.complete()) {
        auto piece = co_await transfer.read();
        if (!piece) co_return fail_as(piece);
        const auto held = out.size();
        auto fed = piece->empty() ? lane.finish(out) : lane.feed(*piece, out);
        request_.usage = lane.usage();
        // An event in pieces will be there three times: put together, passed on, and with the
        // client.
        if (!exchange_.memory_.try_set(3 * lane.held() + out.capacity())) co_return no_room();
        if (!request_.committed && (lane.meaningful() || lane.complete())) {
            const auto fields = exchange_.commit();
            exchange_.sink_.begin_stream(fields);
        }
        if (!fed) {
            if (request_.committed) exchange_.sink_.write(out);
            note_words(lane.words());
            co_return fail_as(fed);
        }
        // Comments keep a connection busy, not an answer alive (promises section C).
        if (out.size() > held) last_event = exchange_.gateway_.loop_.now();
        if (exchange_.gateway_.loop_.now() - last_event >
            exchange_.endpoint_.provider->timeout.idle)
            co_return fail(Kind::timeout, "the answer stalled: nothing but comments came");
        if (!request_.committed && out.size() > kMaxHeldBack)
            co_return fail(Kind::upstream,
                           "nothing meaningful came in the first megabyte of the stream");
        if (!request_.committed || lane.complete()) continue;
        exchange_.sink_.write(out);
        free_memory(out);  // it may be long until the next event
        if (exchange_.sink_.must_wait() && !co_await exchange_.sink_.drained(request_.deadline))
            co_return fail(Kind::cancelled, "the client stopped reading");
    }
    exchange_.sink_.finish(out);
    transfer.no_more_needed();
    co_return Result<void>{};
}

}  // namespace ogem::gateway
