// Gzip (RFC 1952): compressed request bodies, and answers for clients that ask for it. Pure; any
// thread.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace ogem::net {

// What `bytes` hold: one member or several, one after the other, and nothing else.
// Errors: too_large, as soon as more than `limit` bytes come out, whatever the input claims;
//         invalid: not gzip, damaged, cut short, or followed by something else.
Result<std::string> gunzip(std::string_view bytes, std::size_t limit);

// Fast rather than small: 0.5 ms for 20 KB of text, a third of what zlib's default takes.
std::string gzip(std::string_view bytes);

}  // namespace ogem::net
