// What providers want back with the next turn and most clients drop: Claude's thinking blocks and
// Gemini's thought signatures, kept by the id of the tool call that they came with (translate.md
// pitfalls 14-16). Bounded; the one that has not been used for the longest time goes first.
//
// They are worth something only to the provider and model that made them, so each is kept with its
// origin and given back for no other.
#pragma once

#include "chat/request.h"

#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ogem::gateway {

// Shared by all workers; its functions may be called by any thread.
class Remembered {
public:
    static constexpr std::size_t kDefaultMost = 16u << 20;  // bytes

    explicit Remembered(std::size_t most_bytes = kDefaultMost) : most_bytes_(most_bytes) {}

    struct Memory {
        std::string origin;                // "claude/claude-sonnet-4-5": provider and model
        std::vector<chat::Json> thinking;  // blocks before the calls of the turn, unchanged
        std::string signature;             // of this call
    };
    // Replaces what was kept for `call_id`. A memory larger than an eighth of all is not kept.
    void keep(const std::string& call_id, Memory memory);

    // `request` with everything put back that its client left out and `origin` made; nothing if
    // there is nothing to put back, so that the caller goes on with the one it has.
    std::optional<chat::Request> restored(const chat::Request& request, std::string_view origin);

    std::size_t bytes() const;

private:
    struct Entry {
        std::string call_id;
        Memory memory;
        std::size_t bytes;
    };
    using Entries = std::list<Entry>;  // the most recently used first

    // What is kept for one call of a request.
    struct Found {
        std::size_t message, call;
        Memory memory;
    };
    std::vector<Found> find_all(const chat::Request& request, std::string_view origin);
    const Memory* find(const std::string& call_id, std::string_view origin);
    void forget(Entries::iterator entry);

    const std::size_t most_bytes_;
    mutable std::mutex mutex_;
    Entries entries_;  // guarded by mutex_, like what follows
    std::unordered_map<std::string_view, Entries::iterator> by_call_;  // views into entries_
    std::size_t bytes_ = 0;
};

}  // namespace ogem::gateway
