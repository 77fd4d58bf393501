// When `ogem chat` reads standard input, and how long it waits for it: a pipe that nobody writes to
// must not hang a command silently (cli.md, the stdin rule). No I/O but one look at the descriptor.
#pragma once

#include "base/clock.h"

#include <optional>

namespace ogem::cli {

enum class StdinKind : unsigned char {
    closed,
    terminal,
    file,  // a regular file or a device such as /dev/null: it ends by itself
    pipe,  // a FIFO or socket: somebody may still be about to write
};

StdinKind kind_of_stdin(bool was_closed);

struct StdinPlan {
    bool read = false;
    std::optional<Duration> first_byte;  // fail when nothing came by then; none: wait for ever
};

// `dash`: "-" was given, an explicit wish to wait. `has_prompt`: there is something to send without
// it. `ignore`: -n. `patience`: OGEM_STDIN_WAIT.
StdinPlan plan_stdin(StdinKind kind, bool dash, bool has_prompt, bool ignore, Duration patience);

}  // namespace ogem::cli
