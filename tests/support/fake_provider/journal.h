// What reached the fake provider, when, and how each conversation ended. Keeps the newest entries
// within fixed bounds. One thread.
#pragma once

#include "ask/request.h"
#include "base/clock.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

namespace ogem::fake {

using EntryId = std::uint64_t;  // 0: none

class Journal {
public:
    explicit Journal(bool enabled) : enabled_(enabled) {}

    EntryId arrived(std::uint64_t connection, const Request& request, TimePoint now);
    void sent(EntryId id, std::size_t bytes);
    void finished(EntryId id, TimePoint now);  // the whole plan was carried out

    void refused(EntryId id, std::string_view why);  // what was wrong with the request

    // `by` is "peer" or "fake", `how` is "fin" or "rst".
    void closed(EntryId id, TimePoint now, std::string_view by, std::string_view how);

    void clear();

    // {"requests":[...],"dropped":N}: times in ms after the arrival, the arrival `at` in seconds of
    // CLOCK_MONOTONIC, which tests on the same machine can compare with their own.
    std::string to_json() const;

private:
    struct Entry {
        EntryId id = 0;
        std::uint64_t connection = 0;
        Request request;
        TimePoint at;
        std::size_t sent = 0, body_bytes = 0;
        std::optional<TimePoint> finished, closed;
        std::string closed_by, closed_how, refused;
    };
    static void write(std::string& out, const Entry& entry);
    Entry* find(EntryId id);
    void make_room();

    bool enabled_;
    std::deque<Entry> entries_;
    EntryId last_ = 0;
    std::size_t kept_bytes_ = 0;
    std::uint64_t dropped_ = 0;
};

}  // namespace ogem::fake
