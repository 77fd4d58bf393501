// Google's front door: who may come in, and how its refusals are worded (google.rpc.Status).
#pragma once

#include "speech.h"

namespace ogem::fake::google {

// API key or access token. Nothing: welcome.
std::optional<Refusal> front_refusal(const Request& request, const Route& route,
                                     const Tokens& tokens);

std::string error(const Trouble& trouble);

}  // namespace ogem::fake::google
