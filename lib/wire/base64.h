// Base64 of bytes (RFC 4648), without line breaks.
#pragma once

#include <string>
#include <string_view>

namespace ogem::wire {

std::string base64(std::string_view bytes);     // section 4, with padding
std::string base64url(std::string_view bytes);  // section 5, without: JWT, file names

}  // namespace ogem::wire
