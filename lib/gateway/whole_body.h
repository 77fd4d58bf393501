// The whole body of a provider's answer, bounded.
#pragma once

#include "net/memory.h"
#include "net/sender.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace ogem::gateway {

inline constexpr std::size_t kMaxErrorBody = 64 * 1024;  // of a provider's failure, bytes
inline constexpr std::size_t kMaxAnswer = 256u << 20;    // of a whole answer, bytes

// With json::kPadding readable bytes after it; good until the next wait. One that came in one piece
// is not copied; else it is put together in `store`. It counts three times: it is parsed, what the
// client gets is a copy, and he may read that slowly. Errors: the transfer's; upstream beyond
// `limit`; no_room().
Task<Result<std::string_view>> whole_body(net::Transfer& transfer, std::size_t limit,
                                          std::string& store, net::MemoryShare& memory);

// Kind overloaded: memory_limit leaves no room for an answer.
std::unexpected<Error> no_room();

}  // namespace ogem::gateway
