// Addresses to listen on, as people write them: 127.0.0.1:8080, [::1]:8080, localhost:8080, :8080,
// or a path.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace ogem::net {

struct HostPort {
    std::string host;  // without brackets; empty: every interface
    unsigned short port = 0;
};

// Errors: invalid, saying what was expected.
Result<HostPort> parse_host_port(std::string_view text);

// A listening, non-blocking TCP socket. `shared`: several workers listen on the same address
// (SO_REUSEPORT). Errors: io, with the address and what to do (the port is taken, not allowed).
Result<int> listen_tcp(const HostPort& address, bool shared);

// A listening Unix socket at `path`: 0600 in a directory of 0700 that is made if missing. A socket
// left behind by a dead process is replaced; one that answers is not. Errors: io, invalid (path too
// long).
Result<int> listen_unix(const std::string& path);

// "127.0.0.1:8080", the address a listening socket really has (port 0 resolved), or "unix:PATH".
std::string local_address(int fd);

}  // namespace ogem::net
