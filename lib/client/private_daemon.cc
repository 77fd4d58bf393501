#include "client/private_daemon.h"

#include "base/text.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

namespace ogem::client {

namespace {

constexpr std::size_t kLongestBase = 70;  // leaves room for our names in a socket address
constexpr auto kGoodbye = 2s;             // what it may take to end before it is killed

std::string value_of(const config::Environment& env, std::string_view name) {
    const auto found = env.find(name);
    return found == env.end() ? std::string() : found->second;
}

// A new directory that only we can enter, where the system keeps such things.
Result<std::string> make_directory(const config::Environment& env) {
    for (const auto& base :
         {value_of(env, "XDG_RUNTIME_DIR"), value_of(env, "TMPDIR"), std::string("/tmp")}) {
        if (!base.starts_with('/') || base.size() > kLongestBase) continue;
        auto name = base + "/ogem-XXXXXX";
        if (::mkdtemp(name.data()) != nullptr) return name;
    }
    return fail(Kind::io, cat("cannot make a directory for the private daemon in /tmp: ",
                              std::generic_category().message(errno)));
}

}  // namespace

Result<PrivateDaemon> PrivateDaemon::start(const config::Environment& env,
                                           const std::optional<std::string>& config,
                                           const Patience& patience) {
    auto program = find_ogemd();
    if (!program) return fail_as(program);
    auto directory = make_directory(env);
    if (!directory) return fail_as(directory);
    PrivateDaemon daemon(std::move(*directory));
    Launch launch{std::move(*program),
                  {"--private", "--socket", daemon.socket(), "--listen", "none"},
                  daemon.directory_ + "/log",
                  true};
    if (config) launch.args.insert(launch.args.end(), {"--config", *config});
    auto child = client::launch(launch, patience);
    if (!child) return fail_as(child);
    daemon.child_ = std::move(*child);
    return daemon;
}

PrivateDaemon::PrivateDaemon(PrivateDaemon&& other) noexcept
    : directory_(std::exchange(other.directory_, {})), child_(std::exchange(other.child_, {})) {}

PrivateDaemon::~PrivateDaemon() {
    stop(child_, kGoodbye);
    if (directory_.empty()) return;
    std::error_code ignored;  // what is left is empty or nearly so, in a place for such things
    std::filesystem::remove_all(directory_, ignored);
}

}  // namespace ogem::client
