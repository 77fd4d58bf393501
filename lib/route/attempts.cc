#include "route/attempts.h"

#include "base/text.h"

#include <algorithm>
#include <chrono>

namespace ogem::route {

namespace {

// The request itself is wrong, for this model at least.
bool is_client_error(const Error& error) {
    return error.kind == Kind::invalid || error.kind == Kind::not_found ||
           error.kind == Kind::too_large;
}

}  // namespace

Attempts::Attempts(const Chain& chain, int max_attempts_per_element)
    : chain_(chain),
      max_attempts_(std::max(max_attempts_per_element, 1)),
      failure_{Kind::unavailable, "no endpoint could be asked", 0, {}} {}

bool Attempts::was_asked(const Endpoint* endpoint) const {
    return std::any_of(log_.begin(), log_.end(),
                       [&](const auto& attempt) { return attempt.endpoint == endpoint; });
}

void Attempts::leave_element() {
    ++element_;
    candidate_ = 0;
    tried_in_element_ = 0;
    again_.clear();
}

// Of the current element: those not asked yet, then those to be asked again.
const Endpoint* Attempts::next_candidate() {
    const auto& candidates = chain_[element_].candidates;
    while (candidate_ < candidates.size())
        if (const auto* endpoint = candidates[candidate_++]; !was_asked(endpoint)) return endpoint;
    if (again_.empty()) return nullptr;
    const auto* endpoint = again_.front();
    again_.pop_front();
    return endpoint;
}

const Try* Attempts::next() {
    for (; !over_ && element_ < chain_.size(); leave_element()) {
        if (tried_in_element_ >= max_attempts_) continue;
        const auto* endpoint = next_candidate();
        if (!endpoint) continue;
        ++tried_in_element_;
        current_ = {endpoint, &chain_[element_]};
        return &current_;
    }
    return nullptr;
}

bool Attempts::failed(Attempt attempt, const Error& error) {
    log_.push_back(std::move(attempt));
    const bool client_error = is_client_error(error);
    const bool more_telling = client_error || !client_error_seen_;
    if (more_telling) failure_ = error;
    client_error_seen_ = client_error_seen_ || client_error;
    if (client_error) leave_element();
    // It is we who cannot go on: asking another endpoint would not help, and cost again.
    if (error.kind == Kind::overloaded) over_ = true;
    return more_telling;
}

void Attempts::ask_again() {
    again_.push_back(log_.back().endpoint);
}

void Attempts::succeeded(Attempt attempt) {
    log_.push_back(std::move(attempt));
    over_ = true;
}

std::string Attempts::header() const {
    std::string out;
    for (const auto& attempt : log_) {
        append(out, out.empty() ? "" : ", ", attempt.endpoint->provider->name, '/',
               attempt.endpoint->region->name, '=');
        attempt.status ? append(out, attempt.status) : append(out, attempt.outcome);
        append(out, ';', std::chrono::round<std::chrono::milliseconds>(attempt.took).count());
    }
    return out;
}

}  // namespace ogem::route
