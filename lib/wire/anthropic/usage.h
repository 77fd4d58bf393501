// Tokens as Anthropic counts them: what was read from the cache or written to it stands beside the
// prompt, not in it; a stream repeats its counters, cumulative, and null means "as before".
#pragma once

#include "chat/usage.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace ogem::wire::anthropic {

struct Counters {
    std::optional<std::int64_t> input, cache_creation, cache_read, output, thinking;

    // Overwrites what the object `raw` says and keeps the rest. Never fails.
    void update(std::string_view raw);
    bool any() const { return input || cache_creation || cache_read || output; }
    chat::Usage usage() const;
};

}  // namespace ogem::wire::anthropic
