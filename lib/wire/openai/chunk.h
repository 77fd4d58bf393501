// What one chunk of an OpenAI stream says, as far as the lane has to know. Chat and legacy
// completions alike.
#pragma once

#include "base/result.h"

#include <bitset>
#include <cstddef>
#include <string_view>

namespace ogem::wire::openai {

// Which choices a stream has shown, and which of them have their finish_reason.
class Choices {
public:
    void note(std::size_t index, bool finished);
    bool any() const { return seen_.any(); }
    bool all_finished() const { return seen_.any() && seen_ == finished_ && !strange_; }

private:
    static constexpr std::size_t kMost = 128;  // `n` is 1..128
    std::bitset<kMost> seen_, finished_;
    bool strange_ = false;  // an index outside: nothing is known any more
};

// Views into the chunk; empty where it has no such member.
struct Chunk {
    std::string_view model;  // raw JSON value
    std::string_view error;  // raw JSON value, if it says anything: not null, false, 0 or ""
    std::string_view usage;  // raw JSON value, if not null
    // True if a choice says something worth committing for: a finish_reason, text, or anything in
    // its delta but a role. Only looked for where the caller asked.
    bool meaningful = false;
};

// Checks all of `data` and adds its choices to `choices`. Errors: upstream: not a JSON object.
Result<Chunk> read_chunk(std::string_view data, bool ask_meaningful, Choices& choices);

}  // namespace ogem::wire::openai
