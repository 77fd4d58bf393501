// An OpenAI stream on its way through: bytes pass, are watched, and only `model` is spliced (the
// same-dialect lane). The watch decides what may be believed: what commits, what ends, what failed
// (promises 1 and 2).
#pragma once

#include "base/result.h"
#include "chat/usage.h"
#include "wire/sse.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::wire::openai {

class StreamLane {
public:
    // `shown_model` is what the client typed; it replaces the provider's name in every chunk.
    // Empty: left as it came.
    explicit StreamLane(std::string shown_model);

    // Bytes of the provider in (json::kPadding readable after them), whole events for the client
    // appended to `out`. Comments of the provider are not passed on. After the terminal event
    // everything is dropped. Errors: upstream, for an in-band error object or an `error` event (its
    // words in the message, its status if it has one), for data that is not JSON, for an event too
    // long. Events before the failure are in `out`.
    Result<void> feed(std::string_view bytes, std::string& out);

    // The provider's body ended properly. Appends "[DONE]" if every choice had its finish_reason
    // and the provider just forgot it. Errors: upstream, if the answer is not complete.
    Result<void> finish(std::string& out);

    bool meaningful() const { return meaningful_; }  // an event worth committing for has been seen
    bool complete() const { return complete_; }      // a genuine terminal event has been seen
    const std::optional<chat::Usage>& usage() const { return usage_; }

private:
    Result<void> pass(const SseEvent& event, std::string& out);

    SseReader reader_;
    std::string shown_model_json_;
    std::vector<SseEvent> events_;
    std::optional<chat::Usage> usage_;
    bool meaningful_ = false;
    bool finish_seen_ = false;
    bool complete_ = false;
};

// The event that tells a client of a broken stream:  data: {"error":{...}}  and a blank line.
std::string stream_error_event(const std::string& error_body);

}  // namespace ogem::wire::openai
