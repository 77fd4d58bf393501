#include "ogem/output/terminal.h"

#include "base/text.h"
#include "ogem/interrupt.h"

#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace ogem::cli {

namespace {

bool is_set(const config::Environment& env, std::string_view name) {
    const auto found = env.find(name);
    return found != env.end() && !found->second.empty();
}

bool is_dumb(const config::Environment& env) {
    const auto term = env.find("TERM");
    return term == env.end() || term->second.empty() || term->second == "dumb";
}

}  // namespace

bool wants_color(std::string_view when, bool is_terminal, const config::Environment& env) {
    if (when != "auto") return when == "always";
    if (is_set(env, "NO_COLOR")) return false;
    const auto forced = env.find("CLICOLOR_FORCE");
    if (forced != env.end() && !forced->second.empty() && forced->second != "0") return true;
    return is_terminal && !is_dumb(env);
}

Terminal terminal_of_process(std::string_view color, const config::Environment& env) {
    Terminal terminal;
    terminal.in = ::isatty(STDIN_FILENO) == 1;
    terminal.out = ::isatty(STDOUT_FILENO) == 1;
    terminal.err = ::isatty(STDERR_FILENO) == 1;
    terminal.color_out = wants_color(color, terminal.out, env);
    terminal.color_err = wants_color(color, terminal.err, env);
    terminal.progress = terminal.err && !is_dumb(env) && !is_set(env, "CI");
    return terminal;
}

std::string dim(std::string_view text, bool color) {
    return color ? cat("\x1b[2m", text, "\x1b[0m") : std::string(text);
}

Outcome<> write_out(std::string_view text) {
    while (!text.empty()) {
        const auto written = ::write(STDOUT_FILENO, text.data(), text.size());
        if (written >= 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno == EPIPE) {
            return failed(Exit::pipe, "");
        } else if (errno == EINTR && stop_signal() != 0) {
            return failed(exit_of_stop(), "");
        } else if (errno != EINTR) {
            return failed(Exit::failure, cat("cannot write to standard output: ",
                                             std::generic_category().message(errno)));
        }
    }
    return {};
}

void write_err(std::string_view text) {
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace ogem::cli
