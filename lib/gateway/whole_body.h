// The whole body of a provider's answer, bounded.
#pragma once

#include "net/sender.h"

#include <cstddef>
#include <string>

namespace ogem::gateway {

inline constexpr std::size_t kMaxErrorBody = 64 * 1024;  // of a provider's failure, bytes
inline constexpr std::size_t kMaxAnswer = 256u << 20;    // of a whole answer, bytes

// With json::kPadding bytes of room after it. Errors: the transfer's; upstream beyond `limit`.
Task<Result<std::string>> whole_body(net::Transfer& transfer, std::size_t limit);

}  // namespace ogem::gateway
