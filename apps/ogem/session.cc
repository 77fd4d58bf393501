#include "ogem/session.h"

#include "base/text.h"
#include "client/peer.h"
#include "config/paths.h"
#include "ogem/interrupt.h"
#include "ogem/output/printable.h"

namespace ogem::cli {

namespace {

constexpr auto kConnectLimit = 5s;
constexpr auto kStartLimit = 15s;  // a configuration may have to come from a URL, which has 10 s
constexpr auto kAskLimit = 10s;

std::unexpected<Failure> failed_start(const Error& error) {
    if (error.kind == Kind::invalid) return failed(Exit::config, error.message);
    if (error.kind == Kind::cancelled || error.kind == Kind::timeout) return failed_wait(error);
    return failed(Exit::failure, error.message);
}

}  // namespace

void Context::note(std::string_view text) const {
    if (!globals.quiet) write_err(cat("ogem: ", printable(text), "\n"));
}

void Context::detail(std::string_view text) const {
    if (globals.verbose) write_err(cat("ogem: ", printable(text), "\n"));
}

std::vector<std::string> sockets_of(const Context& context) {
    if (context.globals.socket) return {*context.globals.socket};
    return config::client_sockets(context.env, config::process_account());
}

Outcome<Session> Session::open(const Context& context, Place place) {
    if (context.globals.config && place == Place::daemon) {
        return failed(Exit::usage,
                      "--config starts a private daemon, --daemon forbids it: drop one");
    }
    Session session;
    if (!context.globals.config && place != Place::direct) {
        auto found =
            client::find_daemon(sockets_of(context), context.patience.at_most(kConnectLimit));
        if (found) {
            session.socket_ = std::move(*found);
            context.detail("using the daemon at " + session.socket_);
            return session;
        }
        if (found.error().kind != Kind::unavailable) return failed_wait(found.error());
        if (place == Place::daemon) {
            return failed(Exit::no_daemon, found.error().message + "; start it: ogem daemon start");
        }
    }
    auto started = client::PrivateDaemon::start(context.env, context.globals.config,
                                                context.patience.at_most(kStartLimit));
    if (!started) return failed_start(started.error());
    session.private_.emplace(std::move(*started));
    session.socket_ = session.private_->socket();
    context.detail("using a private daemon at " + session.socket_);
    return session;
}

wire::HttpRequest signed_by(const Context& context, wire::HttpRequest request) {
    const auto key = context.env.find("OGEM_API_KEY");
    if (key != context.env.end() && !key->second.empty()) {
        request.headers.emplace_back("Authorization", "Bearer " + key->second);
    }
    return request;
}

Outcome<json::Value> ask(const Context& context, const std::string& socket,
                         wire::HttpRequest request) {
    const auto target = request.target;
    auto answer = client::fetch(socket, signed_by(context, std::move(request)),
                                context.patience.at_most(kAskLimit));
    if (!answer) return failed_wait(answer.error());
    if (answer->status >= 400) {
        return std::unexpected(failure_of(answer->status, answer->headers, answer->body));
    }
    auto parsed = json::parse(answer->body);
    if (!parsed)
        return failed(Exit::failure,
                      cat("the daemon's answer to ", target, " is ", parsed.error().message));
    return std::move(*parsed);
}

std::unexpected<Failure> failed_wait(const Error& error) {
    if (error.kind == Kind::cancelled && stop_signal() != 0) return failed(exit_of_stop(), "");
    return failed(error);
}

}  // namespace ogem::cli
