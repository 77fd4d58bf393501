// Tokens one answer cost, as its provider counted them.
#pragma once

#include <cstdint>

namespace ogem::chat {

struct Usage {
    std::int64_t prompt_tokens = 0;      // cached ones included
    std::int64_t completion_tokens = 0;  // reasoning ones included
    std::int64_t cached_tokens = 0;
    std::int64_t reasoning_tokens = 0;

    std::int64_t total() const { return prompt_tokens + completion_tokens; }
    bool operator==(const Usage&) const = default;
};

}  // namespace ogem::chat
