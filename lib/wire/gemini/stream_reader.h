// A stream of Gemini as events: :streamGenerateContent with alt=sse, and the JSON array that it is
// without, in which errors come as well (spec wire/gemini section 5).
#pragma once

#include "wire/dialect.h"
#include "wire/gemini/answer_reader.h"
#include "wire/sse.h"

#include <string>
#include <string_view>
#include <vector>

namespace ogem::wire::gemini {

// Not thread-safe; one per stream. Choices finish when the provider's body has ended.
class StreamReader : public wire::StreamReader {
public:
    StreamReader(chat::AnswerState state, chat::NewId new_id)
        : answer_(AnswerReader::Form::stream, std::move(state), std::move(new_id)) {}

    void feed(std::string_view bytes, chat::Events& out) override;
    void finish(chat::Events& out) override;

private:
    std::string_view events_of(std::string_view bytes);
    void read_events(chat::Events& out);
    void read_bare(chat::Events& out);

    AnswerReader answer_;
    SseReader lines_;
    std::vector<SseEvent> events_;  // only within a call
    bool at_line_start_ = true;
    std::string bare_;  // from the line on that is JSON without `data:`
};

}  // namespace ogem::wire::gemini
