// SIGINT and SIGTERM: the first stops what is waited for, so that what came is kept and a private
// daemon ends in order; the second ends the program on the spot.
#pragma once

#include "ogem/exit.h"

namespace ogem::cli {

// Call once, at the start. SIGPIPE becomes an error of write(). Returns the descriptor that is
// readable once a stop was asked for.
int catch_signals();

int stop_signal();    // SIGINT, SIGTERM, or 0
Exit exit_of_stop();  // REQUIRES: stop_signal() != 0

}  // namespace ogem::cli
