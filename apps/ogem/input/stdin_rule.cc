#include "ogem/input/stdin_rule.h"

#include <sys/stat.h>
#include <unistd.h>

namespace ogem::cli {

StdinKind kind_of_stdin(bool was_closed) {
    struct stat info {};
    if (was_closed || ::fstat(STDIN_FILENO, &info) != 0) return StdinKind::closed;
    if (S_ISFIFO(info.st_mode) || S_ISSOCK(info.st_mode)) return StdinKind::pipe;
    return ::isatty(STDIN_FILENO) == 1 ? StdinKind::terminal : StdinKind::file;
}

StdinPlan plan_stdin(StdinKind kind, bool dash, bool has_prompt, bool ignore, Duration patience) {
    if (ignore) return {false, {}};
    if (dash) return {kind != StdinKind::closed, {}};
    switch (kind) {
        case StdinKind::closed:
        case StdinKind::terminal:
            return {false, {}};
        case StdinKind::file:
            return {true, {}};
        case StdinKind::pipe:
            break;
    }
    if (!has_prompt) return {true, {}};
    return {true, patience};
}

}  // namespace ogem::cli
