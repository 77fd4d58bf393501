// The endpoints of a configuration and who can serve a model name. Immutable once built; shared by
// all workers of a configuration generation through shared_ptr<const Catalog>.
#pragma once

#include "base/result.h"
#include "config/config.h"
#include "route/model_name.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ogem::route {

using EndpointId = std::uint32_t;  // index into Catalog::endpoints(), in configuration order

// The first key of `provider` that is set; the first of all if none is; null if it needs none.
const config::Credential* credential_of(const config::Provider& provider);

// One model of one region of one provider.
struct Endpoint {
    EndpointId id = 0;
    const config::Provider* provider = nullptr;  // owned by the Config that the Catalog keeps
    const config::Region* region = nullptr;
    const config::Model* model = nullptr;
    std::string base_url;  // the region's, else the provider's; no trailing slash
    // Whose key it is asked with: that of the provider, or a serverless deployment's own. Null: it
    // needs none.
    const config::Credential* credential = nullptr;
    bool has_key = true;  // false: that key is not set, so it is never a candidate
    bool hidden = false;  // the one that stands for all of mock/error-STATUS: never listed

    std::string route() const;  // "openai/openai/gpt-4": provider/region/model
};

// One element of a fallback chain.
struct ChainElement {
    std::string typed;  // as the client wrote it, trimmed, with provider prefix and suffix: what
                        // the answer's `model` echoes
    std::string name;   // the model or alias alone: "gpt-4" of "openai/gpt-4@batch"
    bool batch = false;
    std::vector<const Endpoint*> candidates;  // configuration order, at least one
};
using Chain = std::vector<ChainElement>;

class Catalog {
public:
    explicit Catalog(std::shared_ptr<const config::Config> config);
    Catalog(const Catalog&) = delete;  // its lists point into each other
    Catalog& operator=(const Catalog&) = delete;

    // Who could serve `typed`, in order. An element that nobody knows fails the whole name: a typo
    // in a fallback should be seen at once, not on the day it is needed. An element whose providers
    // all lack their key is left out where another remains. Errors: invalid ("", ",", "openai/",
    // @batch of a provider that cannot); not_found, naming the nearest known names; unavailable,
    // naming the variable to set, where every element lacks its key.
    Result<Chain> resolve(std::string_view typed) const;

    const std::vector<Endpoint>& endpoints() const { return endpoints_; }
    const config::Config& config() const { return *config_; }

    // Each name a client may type without restriction, once, in configuration order, with who owns
    // it.
    struct Listed {
        std::string name;
        std::string owned_by;  // provider of the first endpoint
        bool alias = false;    // no endpoint has it as its own name
        std::vector<const Endpoint*> endpoints;
    };
    const std::vector<Listed>& models() const { return listed_; }

    // The known names nearest to `name`, best first, at most `limit`; empty if none is near.
    std::vector<std::string> nearest(std::string_view name, std::size_t limit = 3) const;

private:
    // Which endpoints an element may mean: those of `provider` and `region`, if not null.
    struct Target {
        const config::Provider* provider = nullptr;
        const config::Region* region = nullptr;
        std::string_view name;
    };
    using Candidates = std::vector<const Endpoint*>;
    // What an element turned out to mean, before keys and batches are asked about.
    struct Match {
        Target target;
        bool batch = false;
        Candidates endpoints;
    };

    void add_region(const config::Provider& provider, const config::Region& region);
    void list(const std::string& name, const Endpoint& endpoint, bool alias);

    const Listed* listed(std::string_view name) const;
    const config::Provider* provider(std::string_view name) const;
    Result<Target> target_of(std::string_view name) const;
    Candidates endpoints_of(const Target& target) const;
    Candidates batch_endpoints_of(const Target& target) const;
    void try_legacy_batch(Match& match) const;
    Result<Match> match(std::string_view typed) const;
    Result<ChainElement> element_of(std::string_view typed) const;
    Error unknown(std::string_view name, const Target& target) const;

    struct NameHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view name) const {
            return std::hash<std::string_view>()(name);
        }
    };

    std::shared_ptr<const config::Config> config_;
    std::vector<Endpoint> endpoints_;
    std::vector<Listed> listed_;
    std::unordered_map<std::string, std::size_t, NameHash, std::equal_to<>>
        by_name_;  // into listed_
};

}  // namespace ogem::route
