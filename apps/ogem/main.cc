// ogem: a thin client of ogemd. Reads the command line, runs one command, says how it went.
#include "ogem/cli.h"
#include "ogem/commands.h"
#include "ogem/interrupt.h"
#include "ogem/output/terminal.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <exception>
#include <string_view>

namespace {

using namespace ogem;
using namespace ogem::cli;

bool is_open(int fd) {
    return ::fcntl(fd, F_GETFD) != -1;
}

// A file opened later must not become standard input, output or error by accident. /dev/null for
// reading makes a write to a closed standard output fail, as it should.
bool fill_closed_streams() {
    const bool stdin_was_closed = !is_open(STDIN_FILENO);
    for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (!is_open(fd)) ::open("/dev/null", O_RDONLY);
    }
    return stdin_was_closed;
}

// For errors of a line that could not be read.
bool asks_for_json(int argc, const char* const* argv) {
    return std::any_of(argv, argv + argc, [](std::string_view arg) {
        return arg == "--json" || arg == "--get" || arg.starts_with("--get=");
    });
}

int ended(const Failure& failure, bool json) {
    const bool silent = failure.message.empty();
    if (!silent) write_err(report_of(failure, json));
    return static_cast<int>(failure.exit);
}

int run_line(int argc, char** argv) {
    const bool stdin_was_closed = fill_closed_streams();
    const int stop_fd = catch_signals();
    auto line = parse_command_line(argc, argv);
    if (!line) return ended(line.error(), asks_for_json(argc, argv));

    Context context;
    context.globals = line->globals;
    context.env = config::process_environment();
    context.terminal = terminal_of_process(line->globals.color, context.env);
    context.patience.stop_fd = stop_fd;
    context.stdin_was_closed = stdin_was_closed;
    if (line->globals.timeout) context.patience = context.patience.at_most(*line->globals.timeout);

    const auto outcome =
        std::visit([&](const auto& command) { return run(context, command); }, line->command);
    if (!outcome) return ended(outcome.error(), line->globals.json);
    return 0;
}

}  // namespace

// Our code returns its failures; what still throws is a lack of memory or a mistake of ours, which
// a person should read as a sentence too.
int main(int argc, char** argv) {
    try {
        return run_line(argc, argv);
    } catch (const std::exception& unexpected) {
        write_err("ogem: this should not happen: ");
        write_err(unexpected.what());
        write_err("\n");
        return static_cast<int>(Exit::failure);
    }
}
