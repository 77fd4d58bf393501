#include "net/memory.h"

#include <algorithm>

namespace ogem::net {

namespace {

// What the program takes before the first request, with its libraries and a provider list of some
// length.
constexpr std::int64_t kProgram = 24 << 20;

}  // namespace

void Memory::set_limit(std::int64_t limit_bytes) {
    const auto for_requests = std::max(limit_bytes - kProgram, limit_bytes / 4);
    full_.store(for_requests, std::memory_order_relaxed);
    short_.store(for_requests / 4 * 3, std::memory_order_relaxed);
}

}  // namespace ogem::net
