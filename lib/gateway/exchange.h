// One attempt at one endpoint: send, read, and hand the answer to the client as soon as it may be
// believed.
#pragma once

#include "chat/failure.h"
#include "chat/request.h"
#include "gateway/dialects.h"
#include "gateway/gateway.h"
#include "gateway/mock.h"
#include "route/attempts.h"
#include "wire/openai/provider_error.h"
#include "wire/openai/response.h"
#include "wire/openai/stream.h"
#include "wire/pieces.h"

#include <optional>

namespace ogem::gateway {

// The client's body in no provider's dialect.
struct UnderstoodChat {
    std::shared_ptr<const chat::Request> request;
    std::string echo;  // of a text completion: its prompt, to be told before the answer
};

// A request while it is being answered: what the attempts share.
struct Request {
    Incoming incoming;
    chat::Envelope envelope;  // views into incoming.body
    std::shared_ptr<const Generation> generation;
    TimePoint deadline;
    bool committed = false;  // the client has been told 200
    std::optional<chat::Usage> usage;
    Duration first_token{0};
    // What other dialects need: the body understood, once for all attempts.
    std::optional<Result<UnderstoodChat>> chat;
    std::vector<std::string> dropped;  // members that the present attempt's dialect cannot carry
};

// How an attempt ended. Exactly one of: delivered; failed before the commit point (another endpoint
// may be asked); failed after it (the client has been told).
struct Outcome {
    bool delivered = false;
    bool maybe_charged = false;  // the request was sent whole and no status came back
    bool by_client = false;      // the request cannot be said to this endpoint; nothing was sent
    route::Attempt attempt;
    wire::openai::ProviderError failure;
};

class Exchange {
public:
    // All must outlive the exchange. `attempts` is asked for its header once this attempt has
    // committed.
    Exchange(Gateway& gateway, Request& request, const route::Try& chosen,
             route::Attempts& attempts, ReplySink& sink);
    ~Exchange();
    Exchange(const Exchange&) = delete;

    // Asks the endpoint and answers the client, then conclude() says how it went.
    Task<Result<void>> converse();
    // `result` is that of converse(). Lives in the exchange.
    Outcome& conclude(Result<void> result);

private:
    friend class Embedding;
    friend class ForeignEndpoint;
    friend class Translation;

    const Target& target() const { return request_.generation->targets[endpoint_.id]; }
    net::UpstreamRequest upstream_request();
    net::Deadlines deadlines() const;

    Task<Result<void>> converse_in(const Dialect& dialect);
    std::unique_ptr<net::Transfer> send();
    MockCall mock_call() const;
    Task<Result<void>> relay_stream(net::Transfer& transfer);
    Task<Result<void>> relay_answer(net::Transfer& transfer);
    Task<Result<void>> provider_refused(net::Transfer& transfer, const net::ResponseHead& head);

    std::unexpected<Error> provider_failed(const chat::Failure& failure);
    std::unexpected<Error> client_is_wrong(Error error, std::string_view code = {});

    std::string commit();
    void note_success();
    void note_words(const wire::openai::ErrorWords& words);
    void note_failure(Error error);

    Gateway& gateway_;
    Request& request_;
    const route::Endpoint& endpoint_;
    const route::ChainElement& element_;
    route::Attempts& attempts_;
    ReplySink& sink_;
    EndpointTraffic& traffic_;
    TimePoint began_;
    net::MemoryShare memory_;  // of what is kept of the answer
    wire::Spliced body_;       // what is sent, views into the client's bytes
    Outcome outcome_;
};

}  // namespace ogem::gateway
