// The parts of load(), in the order in which they run. Each reads its share into loading.config.
#pragma once

#include "config/text/block.h"
#include "config/text/loading.h"

namespace ogem::config {

// Everything of the file but providers, clients and presets.
void read_settings(Loading& loading, Block& top);
void read_clients(Loading& loading, Block& top);
void read_presets(Loading& loading, Block& top);

// The providers of the file.
void read_providers(Loading& loading, const Node* providers);

// Variables that set what the file could have set, and more; they beat it.
void read_environment(Loading& loading);
void read_azure_environment(Loading& loading);
void read_flags(Loading& loading);

// The providers whose credentials are in the environment (contract section 4).
void add_providers_of_environment(Loading& loading);

// Gives each model of azure its deployment; adds those that only the environment names.
void place_azure_models(Loading& loading);

// `mock`, where the file does not define it.
void add_mock(Loading& loading);

// The key that clients must show; legacy `api_key` of the file is the last resort.
void read_server_key(Loading& loading, Block& top);

}  // namespace ogem::config
