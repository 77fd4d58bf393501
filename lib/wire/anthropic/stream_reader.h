// A streamed answer of the Messages API (anthropic.md section 4), of api.anthropic.com or Google
// Cloud. The finish is held back until message_stop, since the counters of tokens are final only
// then; a stream that ends without it has been cut off. Unknown events and deltas are passed over.
#pragma once

#include "wire/anthropic/teller.h"
#include "wire/dialect.h"
#include "wire/sse.h"

#include <string_view>
#include <vector>

namespace ogem::wire::anthropic {

class StreamReader final : public wire::StreamReader {
public:
    // `state` is what the writer of the request left; `new_id` names calls that have no id.
    StreamReader(chat::AnswerState state, chat::NewId new_id);

    void feed(std::string_view bytes, chat::Events& out) override;
    void finish(chat::Events& out) override;

private:
    void take_all(chat::Events& out);
    void take(const SseEvent& event, chat::Events& out);

    SseReader sse_;
    std::vector<SseEvent> events_;  // only within a call
    Teller teller_;
    bool started_ = false;
};

}  // namespace ogem::wire::anthropic
