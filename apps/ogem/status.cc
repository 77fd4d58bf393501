// ogem status: the daemon and its routes; with -q the health check of scripts.
#include "base/duration.h"
#include "base/text.h"
#include "ogem/commands.h"
#include "ogem/output/json_out.h"
#include "ogem/output/printable.h"
#include "ogem/output/status_view.h"

#include <ctime>

namespace ogem::cli {

namespace {

constexpr auto kAskAgain = 100ms;

Outcome<json::Value> status_of_daemon(const Context& context) {
    auto session = Session::open(context, Place::daemon);
    if (!session) return failed_as(session);
    return ask(context, session->socket(), client::get("/ogem/v1/status"));
}

bool may_come_yet(const Failure& failure) {
    return failure.exit == Exit::no_daemon || failure.exit == Exit::upstream ||
           failure.exit == Exit::unusable;
}

// Asks until the daemon answers or the time of --for is over.
Outcome<json::Value> wait_for_status(const Context& context, const Status& status) {
    const auto limited =
        status.wait_for ? context.patience.at_most(*status.wait_for) : context.patience;
    while (true) {
        auto answer = status_of_daemon(context);
        if (answer || !may_come_yet(answer.error())) return answer;
        if (Clock::now() + kAskAgain >= limited.deadline) {
            return failed(Exit::timeout, "the daemon is not ready: " + answer.error().message);
        }
        const auto pause =
            client::wait_for(-1, client::Event::readable, limited.at_most(kAskAgain));
        if (!pause && pause.error().kind == Kind::cancelled) return failed_wait(pause.error());
    }
}

Outcome<> show(const Context& context, const json::Value& status) {
    if (context.globals.json) return print_json(context, status);
    if (context.globals.quiet) return {};
    if (!context.terminal.out) return write_out(printable(with_tabs(routes_of(status, true))));
    const auto table = routes_of(status, false);
    return write_out(printable(cat(summary_of(status, std::time(nullptr)), "\n",
                                   table.rows.empty() ? "" : in_columns(table))));
}

}  // namespace

Outcome<> run(const Context& context, const Status& status) {
    if (context.globals.config) {
        return failed(Exit::usage,
                      "status looks at a running daemon, --config starts another: drop it");
    }
    auto answer = status.wait ? wait_for_status(context, status) : status_of_daemon(context);
    if (!answer) return failed_as(answer);
    if (auto shown = show(context, *answer); !shown) return shown;
    if (all_down(*answer)) return failed(Exit::upstream, "every route is down");
    return {};
}

}  // namespace ogem::cli
