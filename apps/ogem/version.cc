// ogem --version, and texts that were asked for.
#include "base/text.h"
#include "client/peer.h"
#include "ogem/commands.h"
#include "ogem/commit.h"
#include "ogem/output/json_out.h"

namespace ogem::cli {

namespace {

constexpr auto kPatience = 150ms;  // a version must not hang on a daemon that does

// The version of a running daemon, or "".
std::string daemon_version(const Context& context) {
    const auto patience = context.patience.at_most(kPatience);
    auto socket = client::find_daemon(sockets_of(context), patience);
    if (!socket) return {};
    auto answer = client::fetch(*socket, client::get("/ogem/v1/status"), patience);
    if (!answer) return {};
    return std::string(wire::header(answer->headers, "ogem-version"));
}

}  // namespace

Outcome<> run(const Context&, const ShowText& text) {
    return write_out(text.text);
}

Outcome<> run(const Context& context, const Version&) {
    const auto daemon = daemon_version(context);
    if (context.globals.json) {
        json::Value value{{"version", OGEM_VERSION}, {"commit", kCommit}, {"daemon", nullptr}};
        if (!daemon.empty()) value["daemon"] = daemon;
        return print_json(context, value);
    }
    std::string line = "ogem " OGEM_VERSION;
    if (*kCommit != '\0') append(line, " (", kCommit, ")");
    if (!daemon.empty()) append(line, " daemon ", daemon);
    return write_out(line + "\n");
}

}  // namespace ogem::cli
