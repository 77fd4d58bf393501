// Where things live on this machine: the socket, the databases, the configuration, the cache.
// Sources: contract section 1 and the XDG base directory specification (0.8).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::config {

// Of a system service, and the last place where a client looks.
constexpr std::string_view kSystemSocket = "/run/ogem/ogemd.sock";

// What the environment does not tell about the user of this process.
struct Account {
    unsigned uid = 0;
    bool runtime_dir_is_ours = false;  // /run/user/UID is a directory of ours that only we may use
};

struct Paths {
    std::string socket;      // of a daemon that this user starts
    std::string state_dir;   // databases, log of a detached daemon
    std::string config_dir;  // config.yaml
    std::string cache_dir;   // may be deleted at any time
    // XDG_RUNTIME_DIR is not set and /run/user/UID not ours (cron, su): the socket is in state_dir.
    bool socket_in_state_dir = false;
};

// First hit of each: OGEM_SOCKET, OGEM_STATE_DIR; the directories that systemd made for a unit of
// ours (RUNTIME_DIRECTORY and its kin, where they end in "/ogem"); XDG_*; below HOME; and for
// the superuser (but for the configuration) or without a HOME the system's own places. Variables
// that are set but empty, and relative XDG directories, count as unset. Pure: it creates and looks
// at nothing.
Paths paths_of(const std::map<std::string, std::string, std::less<>>& env, const Account& account);

// Where a client looks for a running daemon, in order. OGEM_SOCKET names the only place.
std::vector<std::string> client_sockets(const std::map<std::string, std::string, std::less<>>& env,
                                        const Account& account);

// The user of this process. The only part of this file that asks the system.
Account process_account();

}  // namespace ogem::config
