// Base64 (RFC 4648 section 4) of bytes: with padding, without line breaks.
#pragma once

#include <string>
#include <string_view>

namespace ogem::wire {

std::string base64(std::string_view bytes);

}  // namespace ogem::wire
