// The command line of ogemd. CLI11 stays behind this header.
#pragma once

#include "base/result.h"
#include "config/load.h"

#include <optional>
#include <string>

namespace ogem::daemon {

enum class CheckFormat : unsigned char { text, json, github };

struct Options {
    config::Flags flags;
    std::optional<std::string> config;  // --config: path, URL, or - for stdin

    bool check = false;  // --check: print what is wrong with the configuration, and exit
    CheckFormat check_format = CheckFormat::text;
    bool check_env = false;  // keys that are not set are errors
    bool strict = false;     // deprecated keys are errors

    // The private daemon of `ogem`: files in the working directory choose nothing (contract
    // section 1).
    bool is_private = false;

    // For whoever started the daemon: a byte is written to the first when requests are answered,
    // and the daemon ends when the other end of the second is closed. -1: nobody asked.
    int ready_fd = -1, exit_with_fd = -1;

    bool version = false, help = false;
};

// Exit codes of ogemd (contract section 8).
inline constexpr int kSuccess = 0, kFailure = 1, kUsage = 2, kBadConfiguration = 5;

// `-config X` of Go programs is taken for `--config X`. Errors: invalid, with the sentence to print
// before leaving with kUsage.
Result<Options> parse_options(int argc, const char* const* argv);

std::string help_text();
std::string version_text();  // "ogemd 0.1.0"

}  // namespace ogem::daemon
