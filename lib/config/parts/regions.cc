#include "config/parts/regions.h"

#include "base/text.h"
#include "config/parts/builtin.h"
#include "config/parts/models.h"

namespace ogem::config {

namespace {

// Gives the region an address of its own where the provider's has something to replace.
void place_region(Loading& loading, const Provider& provider, Region& region, Place place) {
    const auto& pattern = region.base_url.empty() ? provider.base_url : region.base_url;
    if (pattern.find('{') == std::string::npos) return;
    auto url = expand(pattern, region.name, loading.config.google_cloud_project);
    if (url.find('{') != std::string::npos)
        loading.complaints.error(
            place, "E209", cat(shown(url), " has a placeholder other than {region} and {project}"));
    region.base_url = std::move(url);
}

bool may_be_called_anything(const Provider& provider) {
    const auto* known = builtin(provider.name);
    return known && known->any_region;
}

void read_region(Loading& loading, const Entry& entry, const std::string& path,
                 const PlacedModels& defaults, Provider& provider) {
    const auto& name = entry.key->text;
    check_segment(loading, *entry.key, "region");
    if (!may_be_called_anything(provider) && name != provider.name)
        loading.complaints.error(
            *entry.key, "E203",
            cat("region ", shown_name(name), " must be called ", shown_name(provider.name),
                ": this provider has one region, and its name is the provider's"));
    Block block(loading, entry.value, path, cat("region ", shown_name(name)));
    Region region;
    region.name = name;
    block.read("base_url", region.base_url, parse_base_url);
    const auto own = read_models(loading, block.take("models"), path);
    block.finish();
    loading.models += defaults.size() + own.size();
    if (loading.models > kMostModels) {
        loading.complaints.error(*entry.key, "E103",
                                 cat("there are more than ", kMostModels,
                                     " models here, counting the template for each region"));
    } else {
        region.models = merge_models(loading, defaults, own);
    }
    place_region(loading, provider, region, *entry.key);
    provider.regions.push_back(std::move(region));
}

// The models under `default`, which every real region gets (behaviour 4.9).
PlacedModels read_template(Loading& loading, const Entry& entry, const std::string& path) {
    Block block(loading, entry.value, path, "region 'default'");
    auto models = read_models(loading, block.take("models"), path);
    block.finish();
    return models;
}

}  // namespace

void read_regions(Loading& loading, Block& block, const Node& key, Provider& provider) {
    const auto regions = block.block("regions");
    PlacedModels defaults;
    const Node* only_default = nullptr;
    for (const auto& entry : regions.entries())
        if (entry.key->text == "default") {
            only_default = entry.key;
            defaults = read_template(loading, entry, regions.path_of("default"));
        }
    for (const auto& entry : regions.entries())
        if (const auto& name = entry.key->text; name != "default")
            read_region(loading, entry, regions.path_of(name), defaults, provider);
    if (!provider.regions.empty()) return;
    if (only_default) {
        loading.complaints.error(*only_default, "E204",
                                 "region 'default' needs at least one real region beside it");
    } else if (provider.discover || provider.protocol == Protocol::mock) {
        add_own_region(loading, provider, key);
    }
}

void add_own_region(Loading& loading, Provider& provider, Place place) {
    Region region;
    region.name = provider.name;
    if (provider.protocol == Protocol::vertex || provider.protocol == Protocol::vertex_anthropic) {
        const auto found = loading.variables.find("GOOGLE_CLOUD_LOCATION");
        region.name = found ? found->value : "global";
    }
    if (provider.protocol == Protocol::mock) region.models = mock_models();
    place_region(loading, provider, region, place);
    provider.regions.push_back(std::move(region));
}

void check_segment(Loading& loading, const Node& key, std::string_view what) {
    if (!key.text.empty() && key.text.find_first_of("/,@ \t") == std::string::npos) return;
    loading.complaints.error(key, "E207",
                             cat(what, " name ", shown_name(key.text),
                                 " is empty or holds a slash, comma, @ or space; no client could "
                                 "type it"));
}

std::vector<Model> mock_models() {
    std::vector<Model> models;
    for (const auto* name : {"echo", "lorem", "tools"}) {
        Model model;
        model.name = model.rate_key = name;
        models.push_back(std::move(model));
    }
    return models;
}

}  // namespace ogem::config
