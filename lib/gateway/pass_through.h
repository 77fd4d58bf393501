// One attempt at an endpoint that speaks the client's dialect: the bytes pass, but for the name of
// the model; an answer is watched, not rewritten. The built-in `mock` is asked the same way.
#pragma once

#include "gateway/mock.h"
#include "gateway/request.h"
#include "net/sender.h"
#include "wire/openai/provider_error.h"
#include "wire/pieces.h"

#include <memory>

namespace ogem::gateway {

class Exchange;

// Part of an Exchange, which outlives it. Once.
class PassThrough {
public:
    PassThrough(Exchange& exchange, Request& request);

    // Until the answer is told or has failed; what the failure means is in the exchange's outcome.
    Task<Result<void>> run();

private:
    net::UpstreamRequest upstream_request();
    MockCall mock_call() const;
    std::unique_ptr<net::Transfer> send();
    Task<Result<void>> provider_refused(net::Transfer& transfer, const net::ResponseHead& head);
    Task<Result<void>> relay_answer(net::Transfer& transfer);
    Task<Result<void>> relay_stream(net::Transfer& transfer);
    void note_words(const wire::openai::ErrorWords& words);

    Exchange& exchange_;
    Request& request_;
    wire::Spliced body_;  // what is sent, views into the client's bytes
};

}  // namespace ogem::gateway
