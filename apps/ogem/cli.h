// The command line, read. The only home of CLI11.
#pragma once

#include "ogem/exit.h"
#include "ogem/options.h"

namespace ogem::cli {

// Errors: usage, with the flag or word that was not understood and where to look.
Outcome<Invocation> parse_command_line(int argc, const char* const* argv);

}  // namespace ogem::cli
