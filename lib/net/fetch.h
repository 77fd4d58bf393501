// One small file from a URL, waited for: the configuration of CONFIG_SOURCE. Blocks its thread, so
// it is for start-up and for side threads, never for a worker's loop.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "net/proxy.h"
#include "net/trust.h"

#include <cstddef>
#include <string>

namespace ogem::net {

struct FetchRequest {
    std::string url;                  // http or https
    Secret token;                     // sent as a bearer token, to the origin of `url` only
    Duration timeout = 10s;           // for everything, redirects included
    std::size_t max_size = 1u << 20;  // bytes
    Proxies proxies;  // none unless given; libcurl is not let to look into the environment itself
    Trust trust;
};

// The body of a 200. At most 5 redirects are followed; one that leaves the origin (scheme, host,
// port) goes on without the token, for good.
// Errors: a sentence naming the URL without its query:
//   invalid      not an http(s) URL, or one with a password in it; a redirect to such
//   upstream     another status than 200 (in upstream_status), more redirects
//   too_large, timeout, tls, connection
//   io           no libcurl
Result<std::string> fetch_text(const FetchRequest& request);

}  // namespace ogem::net
