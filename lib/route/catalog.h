// The endpoints of a configuration and who can serve a model name. Immutable once built; shared by
// all workers of a configuration generation through shared_ptr<const Catalog>.
#pragma once

#include "base/result.h"
#include "config/config.h"
#include "route/model_name.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ogem::route {

using EndpointId = std::uint32_t;  // index into Catalog::endpoints(), in configuration order

// One model of one region of one provider.
struct Endpoint {
    EndpointId id = 0;
    const config::Provider* provider = nullptr;  // owned by the Config that the Catalog keeps
    const config::Region* region = nullptr;
    const config::Model* model = nullptr;
    std::string base_url;  // the region's, else the provider's; no trailing slash

    std::string route() const;  // "openai/openai/gpt-4": provider/region/model
};

// One element of a fallback chain.
struct ChainElement {
    std::string typed;  // as the client wrote it, trimmed, with provider prefix and suffix: what
                        // the answer's `model` echoes
    bool batch = false;
    std::vector<const Endpoint*> candidates;  // configuration order, at least one
};
using Chain = std::vector<ChainElement>;

class Catalog {
public:
    explicit Catalog(std::shared_ptr<const config::Config> config);

    // Who could serve `typed`, in order. An element that nobody knows fails the whole name: a typo
    // in a fallback should be seen at once, not on the day it is needed. Errors: invalid ("", ",",
    // "openai/"); not_found, naming the nearest known names.
    Result<Chain> resolve(std::string_view typed) const;

    const std::vector<Endpoint>& endpoints() const { return endpoints_; }
    const config::Config& config() const { return *config_; }

    // Each name a client may type without restriction, once, in configuration order, with who owns
    // it.
    struct Listed {
        std::string name;
        std::string owned_by;  // provider of the first endpoint
        bool alias = false;
        std::vector<const Endpoint*> endpoints;
    };
    const std::vector<Listed>& models() const { return listed_; }

    // The known names nearest to `name`, best first, at most `limit`; empty if none is near.
    std::vector<std::string> nearest(std::string_view name, std::size_t limit = 3) const;

private:
    std::shared_ptr<const config::Config> config_;
    std::vector<Endpoint> endpoints_;
    std::vector<Listed> listed_;
    std::unordered_map<std::string, std::size_t> by_name_;  // into listed_
};

}  // namespace ogem::route
