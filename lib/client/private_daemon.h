// A daemon for one command: on a socket that only we know, with the same state files as any other,
// gone when the command ends, even if that is by SIGKILL.
#pragma once

#include "client/child.h"
#include "config/load.h"

#include <optional>
#include <string>

namespace ogem::client {

class PrivateDaemon {
public:
    // Starts it and waits until it answers. `config`: path or URL, else what the daemon finds by
    // itself. Errors: those of launch() and find_ogemd().
    static Result<PrivateDaemon> start(const config::Environment& env,
                                       const std::optional<std::string>& config,
                                       const Patience& patience);

    PrivateDaemon(PrivateDaemon&& other) noexcept;
    PrivateDaemon& operator=(PrivateDaemon&&) = delete;
    ~PrivateDaemon();  // stops it and removes its directory

    std::string socket() const { return directory_ + "/ogemd.sock"; }

private:
    explicit PrivateDaemon(std::string directory) : directory_(std::move(directory)) {}

    std::string directory_;  // ours alone (0700), holds the socket, its lock and the log
    Child child_;
};

}  // namespace ogem::client
