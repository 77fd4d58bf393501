#include "ogem/interrupt.h"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>

namespace ogem::cli {

namespace {

volatile std::sig_atomic_t g_signal = 0;
int g_pipe[2] = {-1, -1};

extern "C" void on_stop(int signal) {
    if (g_signal != 0) ::_exit(128 + signal);
    g_signal = signal;
    [[maybe_unused]] const auto written = ::write(g_pipe[1], "", 1);
}

}  // namespace

int catch_signals() {
    if (::pipe2(g_pipe, O_CLOEXEC | O_NONBLOCK) != 0) g_pipe[0] = g_pipe[1] = -1;
    struct sigaction action {};
    action.sa_handler = on_stop;  // without SA_RESTART: a blocked write has to notice
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
    return g_pipe[0];
}

int stop_signal() {
    return g_signal;
}

Exit exit_of_stop() {
    return g_signal == SIGTERM ? Exit::terminated : Exit::interrupted;
}

}  // namespace ogem::cli
