// The fallback conversation of one request: which endpoint to try next. Pure: no clock of its own,
// no I/O. Not thread-safe; lives as long as the request, and the Chain outlives it.
//
//   while (const auto* next = attempts.next()) { ask next->endpoint; attempts.failed(...); }
//
// Invariants:
//  1. An endpoint is asked at most once: one that answered would bill twice. Only ask_again() lifts
//     that, for the rest of the element's attempts and after its other candidates.
//  2. After committed() or succeeded(), next() only ever gives up: nothing is glued on (promise 2).
//  3. A client error (400, 404, 413, 422: Kind invalid, not_found, too_large) leaves the element;
//     our own lack of room (overloaded) ends it; any other failure moves to its next candidate
//     (behaviour.md 4.4, contract section 9.5).
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "route/catalog.h"

#include <deque>
#include <string>
#include <vector>

namespace ogem::route {

struct Try {
    const Endpoint* endpoint;
    const ChainElement* element;
};

// What one attempt came to, for the x-ogem-attempts header and error.ogem.attempts.
struct Attempt {
    const Endpoint* endpoint = nullptr;
    int status = 0;       // HTTP status of the provider; 0: none came
    std::string outcome;  // "200", "503", "connect", "timeout", "tls", "reset", "bad_answer"
    std::string message;  // a sentence about the failure; empty on success
    Duration took{0};
};

class Attempts {
public:
    Attempts(const Chain& chain, int max_attempts_per_element);

    // The next endpoint to ask, or nothing: give up with failure(). Valid until the next call.
    const Try* next();

    // How the endpoint last returned by next() did. failed(): true if `error` is now failure().
    bool failed(Attempt attempt, const Error& error);
    void succeeded(Attempt attempt);

    // It was asked, refused something that can be mended, and is asked once more within its turn.
    void repeated(Attempt first) { log_.push_back(std::move(first)); }

    // After failed(): the endpoint may be asked once more, although it may have worked and charged
    // (`retry_ambiguous: always`, contract section 9.4).
    void ask_again();

    // The client has been sent something, or the last failure is nobody else's business (a content
    // filter that fallback_on does not list): there is no next.
    void committed() { over_ = true; }

    const std::vector<Attempt>& log() const { return log_; }

    // The failure to tell the client when nothing worked: the last client error if there was one,
    // else the last failure; Kind unavailable while nobody has been asked.
    const Error& failure() const { return failure_; }

    // "openai/openai=503;12, claude/claude=200;840": provider/region=status;ms of each attempt; the
    // outcome's word where no status came.
    std::string header() const;

private:
    bool was_asked(const Endpoint* endpoint) const;
    const Endpoint* next_candidate();
    void leave_element();

    const Chain& chain_;
    int max_attempts_;
    std::size_t element_ = 0, candidate_ = 0;
    int tried_in_element_ = 0;
    bool over_ = false;
    Try current_{};
    std::deque<const Endpoint*> again_;  // of this element
    std::vector<Attempt> log_;
    Error failure_;
    bool client_error_seen_ = false;
};

}  // namespace ogem::route
