#include "base/text.h"
#include "config/load.h"

extern char** environ;  // NOLINT: POSIX names it so

namespace ogem::config {

Environment process_environment() {
    Environment variables;
    for (char** at = environ; at && *at; ++at) {
        const std::string_view line = *at;
        const auto equals = line.find('=');
        if (equals != std::string_view::npos && equals > 0)
            variables.emplace(line.substr(0, equals), line.substr(equals + 1));
    }
    return variables;
}

Places places_of(const Environment& env, unsigned uid, bool run_user_exists) {
    // Only an absolute path counts (XDG Base Directory Specification 0.8).
    const auto directory = [&](std::string_view name) {
        const auto at = env.find(name);
        return at != env.end() && at->second.starts_with('/') ? at->second : std::string();
    };
    Places places;
    const auto home = directory("HOME");
    const bool person = uid != 0 && !home.empty();
    if (const auto own = directory("STATE_DIRECTORY"); !own.empty()) {  // systemd made it for us
        places.state_dir = std::string(split(own, ':').front());
    } else if (const auto xdg = directory("XDG_STATE_HOME"); !xdg.empty()) {
        places.state_dir = xdg + "/ogem";
    } else {
        places.state_dir = person ? home + "/.local/state/ogem" : "/var/lib/ogem";
    }
    if (const auto own = directory("RUNTIME_DIRECTORY"); !own.empty()) {
        places.socket = cat(split(own, ':').front(), "/ogemd.sock");
    } else if (const auto xdg = directory("XDG_RUNTIME_DIR"); !xdg.empty()) {
        places.socket = xdg + "/ogem/ogemd.sock";
    } else if (uid != 0 && run_user_exists) {
        places.socket = cat("/run/user/", uid, "/ogem/ogemd.sock");
    } else {
        places.socket = uid != 0 ? places.state_dir + "/run/ogemd.sock" : "/run/ogem/ogemd.sock";
    }
    return places;
}

}  // namespace ogem::config
