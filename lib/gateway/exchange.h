// One attempt at one endpoint: send, read, and hand the answer to the client as soon as it may be
// believed.
#pragma once

#include "chat/failure.h"
#include "gateway/dialects.h"
#include "gateway/pass_through.h"
#include "gateway/request.h"
#include "route/attempts.h"

#include <string>
#include <string_view>
#include <vector>

namespace ogem::gateway {

inline constexpr std::size_t kMaxHeldBack = 1 << 20;  // of a stream before its first meaningful
                                                      // event, bytes

// How an attempt ended. Exactly one of: delivered; failed before the commit point (another endpoint
// may be asked); failed after it (the client has been told).
struct Outcome {
    bool delivered = false;
    bool maybe_charged = false;  // the request was sent whole and no status came back
    bool by_client = false;      // the request cannot be said to this endpoint; nothing was sent
    route::Attempt attempt;
    chat::Failure failure;
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
    // The lanes, each in one dialect or between two.
    friend class Embedding;
    friend class ForeignEndpoint;
    friend class PassThrough;
    friend class Translation;

    const Target& target() const { return request_.generation->targets[endpoint_.id]; }
    net::Deadlines deadlines() const;

    Task<Result<void>> converse_in(const Dialect& dialect);

    // What the provider said, for the client to read in its words.
    std::unexpected<Error> provider_failed(const chat::Failure& failure);
    // The request cannot be said in the provider's dialect: another element of the chain may do.
    std::unexpected<Error> client_is_wrong(Error error, std::string_view code = {});
    // The endpoint is asked once more within this attempt: the first time is told of as well.
    void repeat(const Error& first);

    // From here on the answer is this endpoint's, for better or worse. Returns the header lines
    // that tell the route.
    std::string commit();
    void note_success();
    void note_failure(Error error);
    void describe(const Error& error);

    Gateway& gateway_;
    Request& request_;
    const route::Endpoint& endpoint_;
    const route::ChainElement& element_;
    route::Attempts& attempts_;
    ReplySink& sink_;
    EndpointTraffic& traffic_;
    TimePoint began_;
    net::MemoryShare memory_;           // of what is kept of the answer
    std::vector<std::string> dropped_;  // members that the provider's dialect cannot carry
    Outcome outcome_;
    PassThrough pass_through_;
};

}  // namespace ogem::gateway
