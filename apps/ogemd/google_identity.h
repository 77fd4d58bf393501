// Who this daemon is to Google Cloud: the search of auth/google/search.h over this machine.
#pragma once

#include "config/load.h"
#include "gateway/generation.h"

namespace ogem::daemon {

// Nothing where no provider of `config` asks for tokens. `variables` are the environment's and
// .env's. Reads small files; whoever calls may wait for a disk.
gateway::GoogleIdentity find_google_identity(const config::Config& config,
                                             const config::Environment& variables);

}  // namespace ogem::daemon
