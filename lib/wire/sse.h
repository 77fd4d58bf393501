// Server-sent events, read as they come. Feed it bytes cut anywhere; it hands out whole events.
// Rules: LF, CR and CRLF end lines; `data` lines are joined with LF; `:` comments are skipped; one
// leading space of a value is dropped; a BOM at the start is skipped (fixtures sse.*). A block that
// holds neither data nor a name is no event.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::wire {

struct SseEvent {
    std::string_view name;  // of the `event:` line, or empty
    std::string_view data;
    std::string_view raw;  // its lines, from the first that is no comment to the blank one
    // True if `raw` can stand for the event: whole, without comments, `data` a part of it.
    bool plain = false;
};

// Not thread-safe; one per stream. Holds no memory between events.
class SseReader {
public:
    // An event longer than `max_event_bytes` is an error rather than a growing buffer.
    explicit SseReader(std::size_t max_event_bytes = 16u << 20)
        : max_event_bytes_(max_event_bytes) {}

    // Appends each event that `bytes` completes to `events`. Events are views into `bytes` where
    // they can be, else into the reader: valid until the next call, while `bytes` lives.
    // Errors: upstream, if an event is too long; the events before it are in `events`.
    Result<void> feed(std::string_view bytes, std::vector<SseEvent>& events);

    // Bytes kept: of an event that has not ended, and of the last one that had to be put together.
    std::size_t held() const { return pending_.size() + whole_.size(); }

    // The stream has ended: an unterminated last event is handed out all the same.
    void finish(std::vector<SseEvent>& events);

private:
    std::size_t block_end(std::string_view bytes);
    Result<void> hold(std::string_view bytes);
    void forget();

    std::size_t max_event_bytes_;
    std::string pending_;            // a block that has not ended
    std::string whole_;              // the last block that had to be put together
    std::list<std::string> joined_;  // data that came in several lines
    bool at_line_start_ = true;      // the next byte begins a line
    bool after_cr_ = false;          // the last byte was a CR: an LF would belong to it
    bool begun_ = false;             // the first block has been seen, with its BOM if it had one
};

}  // namespace ogem::wire
