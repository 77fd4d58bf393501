#include "route/catalog.h"

#include "base/nearest.h"
#include "base/text.h"

#include <algorithm>

namespace ogem::route {

namespace {

// What Endpoint::model points to where any error-STATUS of a mock provider is meant.
const config::Model& mock_error() {
    static const config::Model model = [] {
        config::Model error;
        error.name = "error";
        return error;
    }();
    return model;
}

Endpoint make_endpoint(EndpointId id, const config::Provider& provider,
                       const config::Region& region, const config::Model& model) {
    Endpoint endpoint;
    endpoint.id = id;
    endpoint.provider = &provider;
    endpoint.region = &region;
    endpoint.model = &model;
    endpoint.base_url = region.base_url.empty() ? provider.base_url : region.base_url;
    if (model.serverless) endpoint.base_url = model.serverless->base_url;
    while (endpoint.base_url.ends_with('/')) endpoint.base_url.pop_back();
    endpoint.credential =
        model.serverless ? &model.serverless->credential : credential_of(provider);
    endpoint.has_key = !endpoint.credential || !endpoint.credential->key.empty();
    endpoint.hidden = &model == &mock_error();
    return endpoint;
}

// "openai/gpt-4" for each provider that serves a listed name.
void add_prefixed(const Catalog::Listed& listed, std::vector<std::string>& names) {
    std::string last;
    for (const auto* endpoint : listed.endpoints) {
        if (endpoint->provider->name == last) continue;
        last = endpoint->provider->name;
        names.push_back(cat(last, '/', listed.name));
    }
}

}  // namespace

const config::Credential* credential_of(const config::Provider& provider) {
    const auto& all = provider.credentials;
    if (all.empty()) return nullptr;
    const auto set = std::ranges::find_if(all, [](const auto& one) { return !one.key.empty(); });
    return set == all.end() ? &all.front() : &*set;
}

std::string Endpoint::route() const {
    return cat(provider->name, '/', region->name, '/', model->name);
}

Catalog::Catalog(std::shared_ptr<const config::Config> config) : config_(std::move(config)) {
    for (const auto& provider : config_->providers)
        for (const auto& region : provider.regions) add_region(provider, region);
    for (const auto& endpoint : endpoints_) {
        if (endpoint.hidden) continue;
        list(endpoint.model->name, endpoint, false);
        for (const auto& name : endpoint.model->other_names) list(name, endpoint, true);
    }
}

void Catalog::add_region(const config::Provider& provider, const config::Region& region) {
    const auto add = [&](const config::Model& model) {
        const auto id = static_cast<EndpointId>(endpoints_.size());
        endpoints_.push_back(make_endpoint(id, provider, region, model));
    };
    for (const auto& model : region.models) add(model);
    if (provider.protocol == config::Protocol::mock) add(mock_error());
}

void Catalog::list(const std::string& name, const Endpoint& endpoint, bool alias) {
    const auto [at, is_new] = by_name_.try_emplace(name, listed_.size());
    if (is_new) listed_.push_back({name, endpoint.provider->name, alias, {}});
    auto& entry = listed_[at->second];
    entry.alias = entry.alias && alias;
    if (entry.endpoints.empty() || entry.endpoints.back() != &endpoint)
        entry.endpoints.push_back(&endpoint);
}

std::vector<std::string> Catalog::nearest(std::string_view name, std::size_t limit) const {
    std::vector<std::string> known;
    for (const auto& entry : listed_) {
        known.push_back(entry.name);
        if (name.find('/') != std::string_view::npos) add_prefixed(entry, known);
    }
    auto found = ogem::nearest(name, known, limit);
    if (!found.empty()) return found;
    return ogem::nearest(name.substr(name.rfind('/') + 1), known, limit);
}

}  // namespace ogem::route
