// Byte sizes as people write them: "512MiB", "200MB", "1.5 GiB", "4096".
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace ogem {

// KB MB GB TB are powers of 1000, KiB MiB GiB TiB of 1024; a bare number or B is bytes. Case does
// not matter, underscores between digits are allowed, a space before the unit too. Errors: invalid,
// quoting the text. A negative size is read as one: whether it makes sense is for the caller.
Result<std::int64_t> parse_size(std::string_view text);

// The shortest text that parse_size reads back exactly: "512MiB", "200MB", "4097B".
std::string size_text(std::int64_t bytes);

}  // namespace ogem
