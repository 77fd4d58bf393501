// `ogemd --check`: says what is wrong with the configuration that ogemd would start with.
#pragma once

#include "config_source.h"
#include "options.h"

#include <iosfwd>

namespace ogem::daemon {

// Prints to `out` what options.check_format says, and to `err` why there is nothing to check.
// Returns the exit code: 0, 5 if there are errors, 1 if the source cannot be read.
int check(const Options& options, const config::Environment& env, const Fetch& fetch,
          std::ostream& out, std::ostream& err, const std::string& directory = "");

}  // namespace ogem::daemon
