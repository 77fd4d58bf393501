// ogem daemon: start, stop, restart, reload; alone, one line about it.
#include "base/text.h"
#include "client/peer.h"
#include "config/paths.h"
#include "ogem/commands.h"
#include "ogem/output/json_out.h"
#include "ogem/output/members.h"
#include "ogem/output/status_view.h"

#include <cstdlib>
#include <ctime>
#include <filesystem>

namespace ogem::cli {

namespace {

constexpr auto kStartLimit = 15s;  // a configuration may have to come from a URL, which has 10 s
constexpr auto kStopLimit = 30s;   // beyond the time that a daemon lets its requests finish
constexpr auto kLook = 20ms;
constexpr std::uintmax_t kMaxLog = 8u << 20;  // bytes; a longer log is set aside at the next start

// The socket of the running daemon, or "" when there is none.
Outcome<std::string> running_daemon(const Context& context) {
    auto found = client::find_daemon(sockets_of(context), context.patience.at_most(5s));
    if (found) return *found;
    if (found.error().kind == Kind::unavailable) return std::string();
    return failed_wait(found.error());
}

Outcome<std::string> demand_daemon(const Context& context) {
    auto session = Session::open(context, Place::daemon);
    if (!session) return failed_as(session);
    return session->socket();
}

Outcome<> show_line(const Context& context, const std::string& socket) {
    auto status = ask(context, socket, client::get("/ogem/v1/status"));
    if (!status) return failed_as(status);
    if (context.globals.json) return print_json(context, *status);
    return context.globals.quiet ? Outcome<>()
                                 : write_out(summary_of(*status, std::time(nullptr)) + "\n");
}

// The log of a daemon in the background, in a directory of ours.
Outcome<std::string> log_path(const Context& context) {
    const auto directory = config::paths_of(context.env, config::process_account()).state_dir;
    std::error_code error;
    std::filesystem::create_directories(directory, error);
    if (error) return failed(Exit::failure, cat("cannot make ", directory, ": ", error.message()));
    auto path = directory + "/ogemd.log";
    const auto size = std::filesystem::file_size(path, error);
    if (!error && size > kMaxLog) std::filesystem::rename(path, path + ".1", error);
    return path;
}

Outcome<> start(const Context& context) {
    auto running = running_daemon(context);
    if (!running) return failed_as(running);
    if (!running->empty()) {
        context.note("the daemon is running already (ogem daemon restart starts it anew)");
        return show_line(context, *running);
    }
    auto log = log_path(context);
    if (!log) return failed_as(log);
    auto program = client::find_ogemd();
    if (!program) return failed(program.error());
    const auto socket = sockets_of(context).front();
    client::Launch launch{std::move(*program), {"--socket", socket}, *log, false};
    if (const auto& config = context.globals.config) {
        launch.args.insert(launch.args.end(), {"--config", *config});
    }
    auto child = client::launch(launch, context.patience.at_most(kStartLimit));
    if (!child && child.error().kind == Kind::invalid)
        return failed(Exit::config, child.error().message);
    if (!child && child.error().kind == Kind::io)
        return failed(Exit::failure, child.error().message);
    if (!child) return failed_wait(child.error());
    return show_line(context, socket);
}

Outcome<> wait_until_gone(const Context& context, const std::string& socket) {
    const auto patience = context.patience.at_most(kStopLimit);
    while (client::UnixSocket::connect(socket, patience)) {
        if (Clock::now() + kLook >= patience.deadline) {
            return failed(Exit::timeout,
                          "the daemon is still running: it may be finishing long answers");
        }
        const auto pause = client::wait_for(-1, client::Event::readable, patience.at_most(kLook));
        if (!pause && pause.error().kind == Kind::cancelled) return failed_wait(pause.error());
    }
    return {};
}

Outcome<> stop(const Context& context) {
    auto running = running_daemon(context);
    if (!running) return failed_as(running);
    if (running->empty()) {
        context.note("no daemon is running");
        return {};
    }
    auto stopping = ask(context, *running, client::post("/ogem/v1/stop"));
    const bool gone_already = !stopping && stopping.error().exit == Exit::no_daemon;
    if (!stopping && !gone_already) return failed_as(stopping);
    return wait_until_gone(context, *running);
}

Outcome<> restart(const Context& context) {
    auto stopped = stop(context);
    return stopped ? start(context) : stopped;
}

// One diagnostic of a refused reload, as `ogem config check` would print it.
std::string line_of(const json::Value& diagnostic) {
    config::Diagnostic line;
    const bool warning = text_in(diagnostic, "severity") == "warning";
    line.severity = warning ? config::Severity::warning : config::Severity::error;
    line.code = text_in(diagnostic, "code");
    line.file = text_in(diagnostic, "file");
    line.line = static_cast<int>(count_in(diagnostic, "line"));
    line.column = static_cast<int>(count_in(diagnostic, "column"));
    line.message = text_in(diagnostic, "message");
    return config::to_text(line) + "\n";
}

Outcome<> reload(const Context& context) {
    auto socket = demand_daemon(context);
    if (!socket) return failed_as(socket);
    auto answer = client::fetch(*socket, signed_by(context, client::post("/ogem/v1/reload")),
                                context.patience.at_most(kStartLimit));
    if (!answer) return failed_wait(answer.error());
    auto reply = json::parse(answer->body);
    const bool refused = answer->status == 422 && reply && reply->is_object();
    if (answer->status >= 400 && !refused) {
        return std::unexpected(failure_of(answer->status, answer->headers, answer->body));
    }
    if (!reply) return failed(Exit::failure, "the daemon's answer is " + reply.error().message);
    if (context.globals.json) {
        if (auto shown = print_json(context, *reply); !shown) return shown;
    } else {
        for (const auto& item : member(*reply, "diagnostics")) write_err(line_of(item));
    }
    if (refused)
        return failed(Exit::config, "the configuration has errors; the one before stays in force");
    return {};
}

}  // namespace

Outcome<> run(const Context& context, const Daemon& daemon) {
    switch (daemon.verb) {
        case Daemon::Verb::start:
            return start(context);
        case Daemon::Verb::stop:
            return stop(context);
        case Daemon::Verb::restart:
            return restart(context);
        case Daemon::Verb::reload:
            return reload(context);
        case Daemon::Verb::show:
            break;
    }
    auto socket = demand_daemon(context);
    if (!socket) return failed_as(socket);
    return show_line(context, *socket);
}

}  // namespace ogem::cli
