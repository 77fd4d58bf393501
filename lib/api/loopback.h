// Which hosts are this machine, and where the daemon may listen without a key. Pure: names are
// judged by their spelling, nothing is resolved.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ogem::api {

// The host of "HOST", "HOST:PORT", "[::1]:PORT" or "::1": without port and brackets.
std::string_view host_of(std::string_view authority);

// True for an IPv4 or IPv6 address as inet_pton(3) reads it, without brackets.
bool is_ip_address(std::string_view host);

// True for 127.0.0.0/8, ::1 and their mapped form, with or without brackets, and for the names
// that RFC 6761 keeps on this machine: localhost and whatever ends in .localhost.
bool is_loopback_address(std::string_view host);

// Why the daemon must not listen on `listen` (HOST:PORT), as a sentence for people; nothing if it
// may. An empty host, 0.0.0.0 and :: are every interface.
std::optional<std::string> refuses_to_bind(std::string_view listen, bool has_key,
                                           bool allow_anonymous);

}  // namespace ogem::api
