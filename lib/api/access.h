// Who may use the HTTP API. Pure: a verdict over the head of one request (contract section 6,
// "Authentication"; behaviour.md J1, J2, section 2 row 7).
//
// A server key opens everything to whoever presents it. Without one the daemon serves this machine
// only, and two checks keep web pages out: the Host header must be a name that no stranger can
// point here (DNS rebinding), and the Origin header must be allowed (api/cors.h).
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "wire/http.h"

#include <string>
#include <string_view>
#include <vector>

namespace ogem::api {

// One per configuration generation; safe to read from any thread.
struct AccessRules {
    const Secret* server_key = nullptr;     // owned by the Config; null or empty: no key is asked
    std::vector<std::string> cors_origins;  // "https://app.example.com", as configured
    std::vector<std::string> bound_hosts;   // of the listeners, without port
    bool loopback_only = true;              // no listener is reachable from another machine

    bool has_key() const { return server_key && !server_key->empty(); }
};

struct Caller {
    bool unix_socket = false;  // its user was checked when it connected
};

// May this request be served? `target` is the request's, query included.
// Errors: unauthorized (answer 401 with `WWW-Authenticate: Bearer`): no key, or not ours.
//         forbidden: a Host or an Origin that is not allowed here; the message says which setting
//         would allow it.
Result<void> check_access(const AccessRules& rules, const Caller& caller, std::string_view method,
                          std::string_view target, const wire::Headers& headers);

// True for the headers in which clients present a key: Authorization, x-api-key, api-key,
// x-goog-api-key. What arrives in them is for us alone and never goes upstream.
bool is_key_header(std::string_view name);

}  // namespace ogem::api
