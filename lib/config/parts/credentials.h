// Finds the keys of a provider: variables first, then a command, then a file (cli.md 2.8); never
// the configuration itself, but for the legacy keys of seed 002.
#pragma once

#include "config/text/block.h"

#include <string>
#include <vector>

namespace ogem::config {

// What a provider's block says about its keys.
struct KeyPlan {
    struct Variable {
        std::string name;
        Place place;
    };
    std::vector<Variable> variables;  // api_key_env; empty: what the provider is known to use
    std::string command, file;        // api_key_cmd, api_key_file
    Place command_place, file_place;
};

KeyPlan read_key_plan(Block& block);

// Fills provider.credentials. A variable that is not set leaves a credential without key behind and
// W402 at its place, or at `place` for a provider's own variable; a file or command that fails,
// W404. `needed` false: nobody would use the key, so nothing is said.
void fill_credentials(Loading& loading, Provider& provider, const KeyPlan& plan, Place place,
                      bool needed);

}  // namespace ogem::config
