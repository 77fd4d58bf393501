#include "config/paths.h"

#include <doctest/doctest.h>

using namespace ogem::config;
using Env = std::map<std::string, std::string, std::less<>>;

namespace {
constexpr Account kAda{1000, false};
constexpr Account kAdaWithRuntimeDir{1000, true};
}  // namespace

TEST_CASE("the socket is in the runtime directory, the rest below home (contract 1)") {
    const auto paths =
        paths_of({{"HOME", "/home/ada"}, {"XDG_RUNTIME_DIR", "/run/user/1000"}}, kAda);
    CHECK(paths.socket == "/run/user/1000/ogem/ogemd.sock");
    CHECK(paths.state_dir == "/home/ada/.local/state/ogem");
    CHECK(paths.config_dir == "/home/ada/.config/ogem");
    CHECK(paths.cache_dir == "/home/ada/.cache/ogem");
    CHECK_FALSE(paths.socket_in_state_dir);
}

TEST_CASE("XDG directories are honoured, relative and empty ones are not") {
    const auto paths = paths_of({{"HOME", "/home/ada"},
                                 {"XDG_STATE_HOME", "/s"},
                                 {"XDG_CONFIG_HOME", "relative"},
                                 {"XDG_CACHE_HOME", ""}},
                                kAda);
    CHECK(paths.state_dir == "/s/ogem");
    CHECK(paths.config_dir == "/home/ada/.config/ogem");
    CHECK(paths.cache_dir == "/home/ada/.cache/ogem");
}

TEST_CASE("OGEM_SOCKET and OGEM_STATE_DIR override, an empty one counts as unset (contract 1)") {
    Env env{{"HOME", "/h"}, {"XDG_RUNTIME_DIR", "/r"}, {"OGEM_SOCKET", "/x.sock"}};
    env["OGEM_STATE_DIR"] = "/elsewhere";
    CHECK(paths_of(env, kAda).socket == "/x.sock");
    CHECK(paths_of(env, kAda).state_dir == "/elsewhere");
    env["OGEM_SOCKET"] = "";
    env["OGEM_STATE_DIR"] = "";
    CHECK(paths_of(env, kAda).socket == "/r/ogem/ogemd.sock");
    CHECK(paths_of(env, kAda).state_dir == "/h/.local/state/ogem");
}

TEST_CASE(
    "without XDG_RUNTIME_DIR (cron, su) /run/user/UID serves if it is ours, else the state "
    "directory") {
    CHECK(paths_of({{"HOME", "/h"}}, kAdaWithRuntimeDir).socket ==
          "/run/user/1000/ogem/ogemd.sock");
    const auto cron = paths_of({{"HOME", "/h"}}, kAda);
    CHECK(cron.socket == "/h/.local/state/ogem/run/ogemd.sock");
    CHECK(cron.socket_in_state_dir);
}

TEST_CASE(
    "a unit of ours has the directories that systemd made for it, someone else's unit does not") {
    const auto ours = paths_of({{"RUNTIME_DIRECTORY", "/run/ogem"},
                                {"STATE_DIRECTORY", "/var/lib/ogem"},
                                {"CACHE_DIRECTORY", "/var/cache/ogem"}},
                               kAda);
    CHECK(ours.socket == kSystemSocket);
    CHECK(ours.state_dir == "/var/lib/ogem");
    CHECK(ours.config_dir == "/etc/ogem");
    const auto theirs = paths_of({{"RUNTIME_DIRECTORY", "/run/web"}, {"HOME", "/h"}}, kAda);
    CHECK(theirs.socket == "/h/.local/state/ogem/run/ogemd.sock");
    CHECK(paths_of({{"RUNTIME_DIRECTORY", "/run/a:/run/ogem"}, {"HOME", "/h"}}, kAda).socket ==
          "/h/.local/state/ogem/run/ogemd.sock");
}

TEST_CASE("the superuser's daemon is the system's unless XDG says otherwise (contract 1)") {
    constexpr Account kRoot{0, false};
    const auto paths = paths_of({{"HOME", "/h"}}, kRoot);
    CHECK(paths.socket == kSystemSocket);
    CHECK(paths.state_dir == "/var/lib/ogem");
    CHECK(paths.cache_dir == "/var/cache/ogem");
    CHECK(paths.config_dir == "/h/.config/ogem");
    CHECK_FALSE(paths.socket_in_state_dir);
    CHECK(paths_of({{"XDG_RUNTIME_DIR", "/r"}}, kRoot).socket == "/r/ogem/ogemd.sock");
}

TEST_CASE(
    "a client looks at its own daemon first, then at the system's; OGEM_SOCKET is the only place") {
    const Env env{{"HOME", "/h"}, {"XDG_RUNTIME_DIR", "/r"}};
    CHECK(client_sockets(env, kAda) ==
          std::vector<std::string>{"/r/ogem/ogemd.sock", "/run/ogem/ogemd.sock"});
    CHECK(client_sockets({{"OGEM_SOCKET", "/x.sock"}}, kAda) ==
          std::vector<std::string>{"/x.sock"});
}
