#include "base/text.h"
#include "config/names.h"
#include "config/parts/builtin.h"
#include "config/parts/credentials.h"
#include "config/parts/models.h"
#include "config/parts/regions.h"
#include "config/parts/settings.h"
#include "config/parts/shipped.h"

namespace ogem::config {

namespace {

void add(Loading& loading, Provider provider, const std::string& origin) {
    loading.origins[cat("providers.", provider.name)] = origin;
    provider.discover = true;
    add_own_region(loading, provider, {});
    fill_credentials(loading, provider, {}, {}, false);
    loading.config.providers.push_back(std::move(provider));
}

// Google's list of models cannot be asked for with a project's credentials, so ours is shipped.
std::vector<Model> shipped_vertex_models(Loading& loading) {
    const auto document = read_yaml(shipped::vertex_models, "vertex-models.yaml");
    if (!document) return {};
    Block block(loading, document->root, "providers.vertex.regions.default", "");
    return merge_models(loading, {},
                        read_models(loading, block.take("models"), "providers.vertex"));
}

void add_vertex(Loading& loading) {
    const auto project = loading.variables.find("GOOGLE_CLOUD_PROJECT");
    if (!project || !loading.variables.find("GOOGLE_APPLICATION_CREDENTIALS")) return;
    add(loading, provider_named("vertex"), project->origin);
    loading.config.providers.back().regions.front().models = shipped_vertex_models(loading);
}

void add_azure(Loading& loading) {
    const auto endpoint = loading.variables.find("AZURE_OPENAI_ENDPOINT");
    if (!endpoint) return;
    auto provider = provider_named("azure");
    const auto url = parse_base_url(trim(endpoint->value));
    if (!url) {
        loading.complaints.error_outside(url.error().code,
                                         cat(endpoint->origin, ": ", url.error().reason));
        return;
    }
    provider.base_url = *url;
    add(loading, std::move(provider), endpoint->origin);
}

// BASE_URL, PROTOCOL and API_KEY_ENV together (section 2 row 35). Each alone is a name that other
// programs use too.
void add_custom(Loading& loading) {
    auto& variables = loading.variables;
    const auto url = variables.find("BASE_URL"), protocol = variables.find("PROTOCOL"),
               key = variables.find("API_KEY_ENV");
    if (!url || !protocol || !key) return;
    auto provider = provider_named("custom");
    const auto complain = [&](const Variables::Found& found, const Flaw& flaw) {
        loading.complaints.error_outside(flaw.code, cat(found.origin, ": ", flaw.reason));
    };
    const auto address = parse_base_url(trim(url->value));
    const auto speaks = protocols()(trim(protocol->value));
    const auto name = parse_variable_name(trim(key->value));
    if (!address) return complain(*url, address.error());
    if (!speaks) return complain(*protocol, speaks.error());
    if (!name) return complain(*key, name.error());
    provider.base_url = *address;
    provider.protocol = *speaks;
    const auto found = variables.find(*name);
    if (!found) loading.missing({}, "W402", cat(key->origin, ": ", *name, " is not set"));
    provider.credentials.push_back(
        {found ? found->name : *name, Secret(found ? found->value : ""), false});
    add(loading, std::move(provider), url->origin);
}

}  // namespace

void add_providers_of_environment(Loading& loading) {
    for (const auto* name : {"openai", "claude", "studio"}) {
        const auto found = loading.variables.find(builtin(name)->key_variable);
        const auto legacy = loading.legacy.find(name);
        if (found) {
            add(loading, provider_named(name), found->origin);
        } else if (legacy != loading.legacy.end()) {
            add(loading, provider_named(name), legacy->second.source);
        }
    }
    add_vertex(loading);
    add_azure(loading);
    add_custom(loading);
}

void add_mock(Loading& loading) {
    for (const auto& provider : loading.config.providers)
        if (provider.name == "mock") return;
    auto mock = provider_named("mock");
    add_own_region(loading, mock, {});
    loading.config.providers.push_back(std::move(mock));
}

}  // namespace ogem::config
