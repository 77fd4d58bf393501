// An OpenAI stream on its way through: bytes pass, are watched, and only `model` is spliced (the
// same-dialect lane). The watch decides what may be believed: what commits, what ends, what failed
// (promises 1 and 2).
#pragma once

#include "base/result.h"
#include "chat/usage.h"
#include "wire/openai/chunk.h"
#include "wire/openai/provider_error.h"
#include "wire/sse.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::wire::openai {

// Not thread-safe; one per stream. After an error nothing may be fed any more.
class StreamLane {
public:
    // `shown_model` is what the client typed; it replaces the provider's name in every chunk.
    // Empty: left as it came.
    explicit StreamLane(std::string_view shown_model);

    // Bytes of the provider in, cut anywhere; whole events for the client appended to `out`.
    // Comments of the provider are not passed on. After the terminal event everything is dropped.
    // Errors: upstream, for an in-band error object or an `error` event (its words are the message;
    // the kind and status it names, if it names one; see words()), for data that is not JSON, for
    // an event too long, for [DONE] before any choice. Events before the failure are in `out`.
    Result<void> feed(std::string_view bytes, std::string& out);

    // The provider's body ended properly. Appends "[DONE]" if every choice had its finish_reason
    // and the provider just forgot it. Errors: upstream, if the answer is not complete.
    Result<void> finish(std::string& out);

    // An event worth committing for has been seen. Until then the caller keeps what is in `out`.
    bool meaningful() const { return meaningful_; }
    // Bytes kept here of an event that came in pieces.
    std::size_t held() const { return reader_.held(); }
    // A genuine terminal event has been seen.
    bool complete() const { return complete_; }
    const std::optional<chat::Usage>& usage() const { return usage_; }
    // What an in-band error said: type, code and param beside the message. Empty without one.
    const ErrorWords& words() const { return words_; }

private:
    Result<void> pass_all(std::string& out);
    Result<void> pass(const SseEvent& event, std::string& out);
    Result<void> end(const SseEvent& event, std::string& out);
    std::unexpected<Error> in_band_error(std::string_view data);
    void write(const SseEvent& event, std::string_view model, std::string& out) const;

    SseReader reader_;
    std::string shown_model_json_;  // empty: models are left as they come
    std::vector<SseEvent> events_;  // only within a call
    Choices choices_;
    std::optional<chat::Usage> usage_;
    ErrorWords words_;
    bool meaningful_ = false;
    bool complete_ = false;
};

// The event that tells a client of a broken stream:  data: {"error":{...}}  and a blank line.
// REQUIRES: `error_body` is one line, as to_json() in wire/openai/error.h writes it.
std::string stream_error_event(const std::string& error_body);

}  // namespace ogem::wire::openai
