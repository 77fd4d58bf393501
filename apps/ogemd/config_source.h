// Where the configuration of an ogemd comes from (contract section 1), with everything that its
// loading needs from the disk, the network and other programs.
#pragma once

#include "base/secret.h"
#include "config/load.h"
#include "options.h"

#include <functional>
#include <string>
#include <vector>

namespace ogem::daemon {

// One GET of `url`: 10 s in all, only 200, at most 1 MiB, `token` (may be empty) as bearer and
// never to another host. Errors say the status or the reason.
using Fetch = std::function<Result<std::string>(const std::string& url, const Secret& token)>;

struct ConfigSource {
    config::Sources sources;  // ready for config::load
    // What was found on the way and not used, such as a .env of someone else (W408).
    std::vector<config::Diagnostic> complaints;
};

// Looks in the order of the contract and reads the first hit; none is zero-config. `directory` is
// where ogemd was started, with a slash at its end or empty for the working directory. Errors: a
// source that was named and cannot be read; the message says why.
Result<ConfigSource> find_configuration(const Options& options, const config::Environment& env,
                                        const Fetch& fetch, const std::string& directory = "");

// The variables that are read where no configuration is (proxies, SSL_CERT_FILE): those of `env`,
// and beneath them those of the `.env` that find_configuration() would read.
config::Environment with_dotenv(const Options& options, const config::Environment& env,
                                const std::string& directory = "");

// load() of what was found, with the complaints of the search among the others.
Result<config::Loaded> load_configuration(const Options& options, const config::Environment& env,
                                          const Fetch& fetch, const std::string& directory = "");

}  // namespace ogem::daemon
