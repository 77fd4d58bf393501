// Server-sent events, read as they come. Feed it bytes cut anywhere; it hands out whole events.
// Rules: LF, CR and CRLF end lines; `data` lines are joined with LF; `:` comments are skipped; one
// leading space of a value is dropped; a BOM at the start is skipped (wire/openai.md section 3,
// fixtures sse.*).
#pragma once

#include "base/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::wire {

struct SseEvent {
    std::string_view name;  // of the `event:` line, or empty
    std::string_view data;  // json::kPadding readable bytes follow it
    std::string_view raw;   // the event's own bytes, its blank line included
};

class SseReader {
public:
    // An event longer than `max_event_bytes` is an error rather than a growing buffer.
    explicit SseReader(std::size_t max_event_bytes = 16u << 20)
        : max_event_bytes_(max_event_bytes) {}

    // Appends each event that `bytes` completes to `events`. Events are views into `bytes` where
    // they can be, else into the reader: valid until the next call, while `bytes` lives. REQUIRES:
    // json::kPadding readable bytes after `bytes`. Errors: upstream, if an event is too long.
    Result<void> feed(std::string_view bytes, std::vector<SseEvent>& events);

    // The stream has ended: an unterminated last event is handed out all the same.
    void finish(std::vector<SseEvent>& events);

private:
    std::size_t max_event_bytes_;
    std::string pending_;  // bytes of an unfinished event
};

}  // namespace ogem::wire
