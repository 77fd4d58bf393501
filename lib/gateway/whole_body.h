// The whole body of a provider's answer, bounded.
#pragma once

#include "net/memory.h"
#include "net/sender.h"

#include <cstddef>
#include <string>

namespace ogem::gateway {

inline constexpr std::size_t kMaxErrorBody = 64 * 1024;  // of a provider's failure, bytes
inline constexpr std::size_t kMaxAnswer = 256u << 20;    // of a whole answer, bytes

// With json::kPadding bytes of room after it. It counts three times: it is parsed, what the client
// gets is a copy, and he may read that slowly. Errors: the transfer's; upstream beyond `limit`;
// no_room().
Task<Result<std::string>> whole_body(net::Transfer& transfer, std::size_t limit,
                                     net::MemoryShare& memory);

// Kind overloaded: memory_limit leaves no room for an answer.
std::unexpected<Error> no_room();

}  // namespace ogem::gateway
