// Standard input and the files of -f, -s and -d, read whole and checked.
#pragma once

#include "ogem/input/stdin_rule.h"
#include "ogem/session.h"

#include <string>

namespace ogem::cli {

// All of standard input, if `plan` says so, else "". A hint appears after a second of silence.
// Errors: usage, when a pipe stays silent or sends more than 32 MiB.
Outcome<std::string> read_stdin(const Context& context, const StdinPlan& plan);

// The whole of standard input, however long it takes: for an explicit "-".
Outcome<std::string> read_stdin(const Context& context);

// Errors: usage, for what cannot be read or is over 32 MiB.
Outcome<std::string> read_file(const std::string& path);

// Errors: usage, if `text` is not UTF-8 or holds NUL. `name` is for the sentence.
Outcome<> expect_text(std::string_view text, std::string_view name);

}  // namespace ogem::cli
