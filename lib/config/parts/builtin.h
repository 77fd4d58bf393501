// The providers that Ogem knows by name, and what it knows about each.
#pragma once

#include "config/config.h"

#include <string_view>
#include <vector>

namespace ogem::config {

struct Builtin {
    std::string_view name;
    Protocol protocol;
    std::string_view base_url;  // contract section 3; empty: must be given (azure) or none (mock)
    std::string_view key_variable;  // its aliases come with it; empty: no key of this kind
    BatchMode batch;                // contract section 9.10
    bool any_region;                // else its one region has its name (section 2 row 33)
};

// Null for a custom provider.
const Builtin* builtin(std::string_view name);
const std::vector<Builtin>& builtins();

// What an address template becomes for one region: "{region}" and "{project}" replaced. Google's
// region `global` has no "{region}-" in front of its host; its multi-regions `us` and `eu` have a
// host of another form.
std::string expand(std::string_view base_url, std::string_view region, std::string_view project);

// The provider `name` before anything is configured; a custom one speaks openai.
Provider provider_named(std::string_view name);

}  // namespace ogem::config
