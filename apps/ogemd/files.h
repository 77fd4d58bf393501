// Small files that the configuration names or is, read with their limits and their owners checked.
#pragma once

#include "base/result.h"

#include <chrono>
#include <optional>
#include <string>

namespace ogem::daemon {

constexpr std::size_t kLongestConfiguration = 1 << 20;  // bytes
constexpr std::size_t kLongestKeyFile = 64 << 10;       // bytes

// Whose files may be read: anybody's that somebody named, or only those that this user or root owns
// and others cannot write (contract section 1, for what merely lies in the working directory). Of
// a symbolic link both ends count.
enum class Trust : unsigned char { anyone, owner };

// The whole of `path`; "-" is stdin. Errors: not_found, io, too_large, forbidden (not trusted); the
// message names path and reason.
Result<std::string> read_file(const std::string& path, std::size_t limit,
                              Trust trust = Trust::anyone);

// Why read_file(path, ..., Trust::owner) would refuse `path`; nothing if it would not.
std::optional<std::string> why_untrusted(const std::string& path);

bool exists(const std::string& path);

// What `command` prints, at most 64 KiB within `patience`. Its words are split at spaces and run
// without a shell; quotes mean nothing. Its stderr is ours. Errors: invalid, io, timeout; with the
// program's name and never its arguments, which may hold secrets.
Result<std::string> run_command(const std::string& command,
                                std::chrono::milliseconds patience = std::chrono::seconds(10));

}  // namespace ogem::daemon
