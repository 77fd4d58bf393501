#include "config/paths.h"

#include "base/text.h"

#include <sys/stat.h>
#include <unistd.h>

namespace ogem::config {

namespace {

using Env = std::map<std::string, std::string, std::less<>>;

std::string value_of(const Env& env, std::string_view name) {
    const auto found = env.find(name);
    return found == env.end() ? std::string() : found->second;
}

std::string absolute_of(const Env& env, std::string_view name) {
    auto path = value_of(env, name);
    return path.starts_with('/') ? path : std::string();
}

// A program started by someone else's unit inherits that unit's variables: only a directory called
// after us is ours. A unit with several directories gives a list, which is never ours.
std::string unit_directory(const Env& env, std::string_view name) {
    auto path = absolute_of(env, name);
    return path.ends_with("/ogem") && !path.contains(':') ? path : std::string();
}

struct Place {
    std::string_view unit_variable, xdg_variable, below_home, system;
    bool of_person = false;  // even of the superuser
};
constexpr Place kState{"STATE_DIRECTORY", "XDG_STATE_HOME", "/.local/state", "/var/lib/ogem"};
constexpr Place kConfig{"CONFIGURATION_DIRECTORY", "XDG_CONFIG_HOME", "/.config", "/etc/ogem",
                        true};
constexpr Place kCache{"CACHE_DIRECTORY", "XDG_CACHE_HOME", "/.cache", "/var/cache/ogem"};

std::string directory_of(const Env& env, const Account& account, const Place& place) {
    if (auto unit = unit_directory(env, place.unit_variable); !unit.empty()) return unit;
    if (auto xdg = absolute_of(env, place.xdg_variable); !xdg.empty()) return xdg + "/ogem";
    if (account.uid == 0 && !place.of_person) return std::string(place.system);
    if (auto home = absolute_of(env, "HOME"); !home.empty())
        return cat(home, place.below_home, "/ogem");
    return std::string(place.system);
}

std::string runtime_directory(const Env& env, const Account& account) {
    if (auto unit = unit_directory(env, "RUNTIME_DIRECTORY"); !unit.empty()) return unit;
    if (auto xdg = absolute_of(env, "XDG_RUNTIME_DIR"); !xdg.empty()) return xdg + "/ogem";
    if (account.uid == 0) return "/run/ogem";
    if (account.runtime_dir_is_ours) return cat("/run/user/", account.uid, "/ogem");
    return {};
}

}  // namespace

Paths paths_of(const Env& env, const Account& account) {
    Paths paths;
    paths.state_dir = value_of(env, "OGEM_STATE_DIR");
    if (paths.state_dir.empty()) paths.state_dir = directory_of(env, account, kState);
    paths.config_dir = directory_of(env, account, kConfig);
    paths.cache_dir = directory_of(env, account, kCache);
    paths.socket = value_of(env, "OGEM_SOCKET");
    if (!paths.socket.empty()) return paths;
    const auto runtime = runtime_directory(env, account);
    paths.socket_in_state_dir = runtime.empty();
    paths.socket =
        (runtime.empty() ? directory_of(env, account, kState) + "/run" : runtime) + "/ogemd.sock";
    return paths;
}

std::vector<std::string> client_sockets(const Env& env, const Account& account) {
    auto own = paths_of(env, account).socket;
    if (!value_of(env, "OGEM_SOCKET").empty() || own == kSystemSocket) return {std::move(own)};
    return {std::move(own), std::string(kSystemSocket)};
}

Account process_account() {
    Account account;
    account.uid = ::getuid();
    struct stat info {};
    const auto directory = cat("/run/user/", account.uid);
    account.runtime_dir_is_ours = ::lstat(directory.c_str(), &info) == 0 && S_ISDIR(info.st_mode) &&
                                  info.st_uid == account.uid && (info.st_mode & 077) == 0;
    return account;
}

}  // namespace ogem::config
