// An endpoint that speaks another dialect than OpenAI's, as one attempt asks it: with whose token,
// and at which place.
#pragma once

#include "gateway/exchange.h"

#include <memory>
#include <optional>
#include <string>

namespace ogem::gateway {

// Part of an Exchange, which outlives it.
class ForeignEndpoint {
public:
    explicit ForeignEndpoint(Exchange& exchange)
        : exchange_(exchange),
          google_(exchange.gateway_.google_),
          place_(exchange.target().place) {}

    // The model, its region and what it is capable of; the attempt's own copy.
    wire::Place& place() { return place_; }
    const wire::Place& place() const { return place_; }

    // Gets the token that the next send() shows, if the endpoint wants one. Errors: why there is
    // none.
    Task<Result<void>> authorize();

    // The API has refused the token (401). True: authorize() again, and it may work.
    bool token_was_refused();

    // `call` must outlive the transfer.
    std::unique_ptr<net::Transfer> send(const wire::Call& call);

    // Whose are the thoughts and signatures of its answers: "claude/claude-sonnet-4-5".
    std::string origin() const;

private:
    Exchange& exchange_;
    std::shared_ptr<auth::TokenSource> google_;         // null: no credentials
    std::optional<auth::Authorization> authorization_;  // of the attempt under way
    wire::Place place_;
};

}  // namespace ogem::gateway
