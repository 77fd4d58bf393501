// Tokens one answer cost, as its provider counted them.
#pragma once

#include <cstdint>
#include <optional>

namespace ogem::chat {

struct Usage {
    std::int64_t prompt_tokens = 0;      // cached ones included
    std::int64_t completion_tokens = 0;  // reasoning ones included
    // Parts of the two above; nothing where the provider does not say.
    std::optional<std::int64_t> cached_tokens = {};       // read from the provider's prompt cache
    std::optional<std::int64_t> cache_write_tokens = {};  // written to it
    std::optional<std::int64_t> reasoning_tokens = {};

    std::int64_t total() const { return prompt_tokens + completion_tokens; }
    bool operator==(const Usage&) const = default;
};

}  // namespace ogem::chat
