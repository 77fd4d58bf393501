// Which HTTP proxy stands between us and a host, as the environment says: HTTPS_PROXY, HTTP_PROXY,
// ALL_PROXY and NO_PROXY, lower case first, with curl's meaning. Pure.
#pragma once

#include "config/load.h"
#include "wire/url.h"

#include <string>
#include <vector>

namespace ogem::net {

struct Proxies {
    std::string http, https;          // of the scheme asked for; empty: none
    std::vector<std::string> direct;  // of NO_PROXY: "*", names (their subdomains too), addresses,
                                      // CIDR blocks; lower case, no leading dot

    bool any() const { return !http.empty() || !https.empty(); }

    // The proxy for `url` ("http://user:password@host:port": not for messages), or "". Loopback
    // hosts are always asked directly: a local model server is not the proxy's.
    const std::string& for_url(const wire::Url& url) const;
};

Proxies proxies_of(const config::Environment& environment);

}  // namespace ogem::net
