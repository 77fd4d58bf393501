// The daemon that one command talks to: the running one, or a private one for as long as the
// command lasts.
#pragma once

#include "client/exchange.h"
#include "client/private_daemon.h"
#include "config/load.h"
#include "json/value.h"
#include "ogem/exit.h"
#include "ogem/options.h"
#include "ogem/output/terminal.h"

#include <optional>
#include <string>
#include <vector>

namespace ogem::cli {

// What every command gets. Made by main, lives as long as the program.
struct Context {
    Globals globals;
    config::Environment env;
    Terminal terminal;
    client::Patience patience;  // --timeout and Ctrl-C
    bool stdin_was_closed = false;

    // One line on standard error, unless --quiet; `detail` only with --verbose.
    void note(std::string_view text) const;
    void detail(std::string_view text) const;
};

enum class Place : unsigned char { any, daemon, direct };

inline Place place_of(bool direct, bool daemon) {
    return direct ? Place::direct : daemon ? Place::daemon : Place::any;
}

// Where a running daemon may be, in order.
std::vector<std::string> sockets_of(const Context& context);

class Session {
public:
    // --config asks for a private daemon by itself. Errors: no_daemon, where a running one is
    // demanded; config, when a private one refuses its configuration; usage, when both are asked.
    static Outcome<Session> open(const Context& context, Place place);

    const std::string& socket() const { return socket_; }
    bool is_private() const { return private_.has_value(); }

private:
    Session() = default;

    std::string socket_;
    std::optional<client::PrivateDaemon> private_;
};

// `request` with what every request carries: the client key, if the environment has one.
wire::HttpRequest signed_by(const Context& context, wire::HttpRequest request);

// The JSON that the daemon answers to a short control request, within ten seconds.
// Errors: what the status says; timeout.
Outcome<json::Value> ask(const Context& context, const std::string& socket,
                         wire::HttpRequest request);

// The failure of a wait: an interrupt knows which signal it was.
std::unexpected<Failure> failed_wait(const Error& error);

}  // namespace ogem::cli
