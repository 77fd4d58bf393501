// The story of one request: understand it, find who could serve it, ask one after the other,
// account for it.
#include "base/duration.h"
#include "base/log.h"
#include "base/text.h"
#include "gateway/exchange.h"
#include "gateway/gateway.h"
#include "net/loop.h"
#include "net/wait.h"
#include "wire/openai/provider_error.h"

namespace ogem::gateway {

namespace {

void refuse(Error& error, ReplySink& sink) {
    Failure failure;
    failure.by_client = error.kind == Kind::invalid || error.kind == Kind::not_found;
    failure.error = std::move(error);
    sink.fail(failure, {});
}

// The request as a whole: its own wish in x-ogem-timeout, else the configured time.
TimePoint deadline_of(const Incoming& incoming, const config::Config& config) {
    const auto wish = wire::header(*incoming.headers, "x-ogem-timeout");
    if (!wish.empty())
        if (const auto duration = parse_duration(wish); duration && *duration > Duration::zero())
            return incoming.arrived + *duration;
    return incoming.arrived + config.request_timeout;
}

void note_served(const Request& request, const Outcome& outcome, std::size_t tries, TimePoint now) {
    if (!log::enabled(log::Level::info)) return;  // the numbers below are texts already
    const auto usage = request.usage.value_or(chat::Usage{});
    log::info("served", {{"id", request.incoming.request_id},
                         {"model", request.envelope.model},
                         {"route", outcome.attempt.endpoint->route()},
                         {"status", outcome.attempt.outcome},
                         {"ms", milliseconds_of(now - request.incoming.arrived)},
                         {"first_token_ms", milliseconds_of(request.first_token)},
                         {"in", usage.prompt_tokens},
                         {"out", usage.completion_tokens},
                         {"tries", tries}});
}

template <class Chain>
bool is_unknown(const Result<Chain>& chain) {
    return !chain && chain.error().kind == Kind::not_found;
}

// Nobody else is asked once the request's own time is over, or when its client has left.
const route::Try* next_in_time(route::Attempts& attempts, const Request& request,
                               const ReplySink& sink, TimePoint now) {
    if (attempts.log().empty()) return attempts.next();
    return now < request.deadline && !sink.client_gone() ? attempts.next() : nullptr;
}

// A provider that refuses our own key is our trouble, not the client's (contract section 9.6).
void hide_our_key_trouble(Failure& failure) {
    auto& error = failure.error;
    if (error.kind != Kind::unauthorized && error.kind != Kind::forbidden) return;
    error.kind = Kind::unavailable;
    failure.type.clear();
    failure.param.clear();
    failure.code = "upstream_auth";
}

Failure nothing_worked(const route::Attempts& attempts, wire::openai::ProviderError& last,
                       bool by_client) {
    Failure failure;
    failure.error = attempts.failure();
    failure.type = std::move(last.type);
    failure.code = std::move(last.code);
    failure.param = std::move(last.param);
    failure.by_client = by_client;
    failure.attempts = attempts.log();
    hide_our_key_trouble(failure);
    return failure;
}

void tell_failure(const Request& request, const route::Attempts& attempts,
                  wire::openai::ProviderError& last, bool by_client, ReplySink& sink) {
    const auto outcome = nothing_worked(attempts, last, by_client);
    // A provider's words may quote the prompt, and prompts are not logged; ours do not.
    const std::string reason = outcome.error.upstream_status ? "" : outcome.error.message;
    log::warn("failed", {{"id", request.incoming.request_id},
                         {"model", request.envelope.model},
                         {"attempts", attempts.header()},
                         {"reason", reason}});
    sink.fail(outcome, cat("x-ogem-attempts: ", attempts.header(), "\r\n"));
}

constexpr std::size_t kMaxChains = 1000;  // clients may type anything

}  // namespace

void Gateway::use(std::shared_ptr<const Generation> generation) {
    generation_ = std::move(generation);
    const bool known = generation_->google && *generation_->google;
    google_ = known ? keyring_.source_of(**generation_->google) : nullptr;
    chains_.clear();
}

Result<std::shared_ptr<const route::Chain>> Gateway::chain_of(const std::string& typed) {
    if (const auto known = chains_.find(typed); known != chains_.end()) return known->second;
    auto resolved = generation_->catalog->resolve(typed);
    if (!resolved) return fail_as(resolved);
    if (chains_.size() >= kMaxChains) chains_.clear();
    return chains_[typed] = std::make_shared<const route::Chain>(std::move(*resolved));
}

Task<> Gateway::answer(Incoming incoming, ReplySink& sink) {
    Request request;
    request.incoming = std::move(incoming);
    request.generation = generation_;
    request.deadline = deadline_of(request.incoming, *generation_->config);

    auto envelope = chat::read_envelope(request.incoming.body);
    if (!envelope) co_return refuse(envelope.error(), sink);
    request.envelope = std::move(*envelope);

    auto chain = chain_of(request.envelope.model);
    while (models_to_come_ && is_unknown(chain) && loop_.now() < request.deadline) {
        co_await net::Sleep(loop_, loop_.now() + net::Loop::kTick);
        request.generation = generation_;
        chain = chain_of(request.envelope.model);
    }
    if (!chain) co_return refuse(chain.error(), sink);

    route::Attempts attempts(**chain, request.generation->config->routing.max_attempts);
    wire::openai::ProviderError failure;
    bool by_client = false;
    while (const auto* chosen = next_in_time(attempts, request, sink, loop_.now())) {
        Exchange exchange(*this, request, *chosen, attempts, sink);
        auto task = exchange.converse();
        auto result = co_await task;
        auto& outcome = exchange.conclude(std::move(result));
        if (outcome.delivered || request.committed)
            co_return note_served(request, outcome, attempts.log().size(), loop_.now());
        if (attempts.failed(outcome.attempt, outcome.failure.error)) {
            failure = std::move(outcome.failure);
            by_client = outcome.by_client;
        }
        if (!outcome.maybe_charged) continue;
        // Asking anybody could pay twice (promise 6): how much of that is wanted?
        const auto policy = request.generation->config->routing.retry_ambiguous;
        if (policy == config::RetryAmbiguous::never) break;
        if (policy == config::RetryAmbiguous::always) attempts.ask_again();
    }
    tell_failure(request, attempts, failure, by_client, sink);
}

}  // namespace ogem::gateway
