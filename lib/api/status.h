// What the control API tells of the daemon and its endpoints (contract section 7). JSON, never a
// secret.
#pragma once

#include "api/daemon.h"
#include "gateway/generation.h"

#include <string>

namespace ogem::api {

std::string status_json(const gateway::Generation& generation, const Daemon& daemon);
std::string endpoints_json(const gateway::Generation& generation);

}  // namespace ogem::api
