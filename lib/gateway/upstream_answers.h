// The answers to one call, told as one. Mostly there is one; `n` choices of a provider that gives
// one at a time are so many calls at once, each a choice of the answer (translate.md section 1).
#pragma once

#include "chat/copies.h"
#include "gateway/upstream_answer.h"
#include "net/crowd.h"
#include "net/wait.h"

#include <memory>
#include <vector>

namespace ogem::gateway {

// Lives on one loop. Destroying it closes all connections.
class UpstreamAnswers {
public:
    // REQUIRES: at least one answer.
    UpstreamAnswers(net::Loop& loop, std::vector<std::unique_ptr<UpstreamAnswer>> answers);
    UpstreamAnswers(const UpstreamAnswers&) = delete;

    // What has come since the last call; may be nothing. While nobody calls, nothing is read: a
    // slow client slows its provider. Whatever goes wrong with one is a failure of all. REQUIRES:
    // neither Ended nor Failed has come.
    Task<std::vector<chat::Event>> more();

    // One was sent whole and got no status.
    bool maybe_charged() const;
    // Of all: see UpstreamAnswer.
    std::size_t untold_bytes() const;

    void no_more_needed();

private:
    Task<std::vector<chat::Event>> more_of_several();
    Task<> follow(UpstreamAnswer& answer);
    void take(std::size_t index);

    net::Loop& loop_;
    std::vector<std::unique_ptr<UpstreamAnswer>> answers_;

    // Of several.
    chat::Copies copies_;
    chat::Events told_;
    std::shared_ptr<net::Signal> news_;  // shared with what was handed to the loop
    net::Crowd waiting_;                 // followers that have something to tell
    std::vector<Task<>> followers_;      // last: destroyed before what they use
};

}  // namespace ogem::gateway
