// Which deployment of an Azure resource serves a model (behaviour 1.10, 4.13): a serverless one of
// its own, else what AZURE_OPENAI_MODEL_MAPPER says, else the shipped table, else its own name.
#include "base/text.h"
#include "config/parts/settings.h"
#include "config/parts/shipped.h"

#include <algorithm>

namespace ogem::config {

namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

Pairs shipped_table(Loading& loading) {
    Pairs table;
    const auto document = read_yaml(shipped::azure_deployments, "azure-deployments.yaml");
    if (!document) return table;
    const Block block(loading, document->root, "", "");
    for (const auto& [key, value] : block.entries()) table.emplace_back(key->text, value->text);
    return table;
}

// Names of models are compared without their case.
const std::string* deployment_in(const Pairs& table, std::string_view model) {
    const auto found = std::ranges::find_if(
        table, [&](const auto& row) { return equal_ignoring_case(row.first, model); });
    return found == table.end() ? nullptr : &found->second;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    if (const auto at = text.find(what); at != std::string::npos) text.replace(at, what.size(), by);
    return text;
}

Serverless serverless_of(const Config& config, const Deployment& deployment) {
    auto url = replaced(config.azure_serverless_url, "{deployment}", deployment.deployment);
    return {replaced(std::move(url), "{region}", deployment.region), deployment.credential};
}

void place(Model& model, const Config& config, const Pairs& shipped) {
    for (const auto& deployment : config.azure_deployments)
        if (equal_ignoring_case(deployment.model, model.name))
            model.serverless = serverless_of(config, deployment);
    const auto* known = deployment_in(config.azure_model_mapper, model.name);
    if (!known) known = deployment_in(shipped, model.name);
    model.deployment = known ? *known : model.name;
}

void add_model(std::vector<Model>& models, const std::string& name) {
    const auto has_name = [&](const Model& model) {
        return equal_ignoring_case(model.name, name) ||
               std::ranges::find(model.other_names, name) != model.other_names.end();
    };
    if (std::ranges::any_of(models, has_name)) return;
    Model model;
    model.name = model.rate_key = name;
    models.push_back(std::move(model));
}

// Models that the environment names are there without being listed in the file.
void add_named_models(const Config& config, std::vector<Model>& models) {
    for (const auto& deployment : config.azure_deployments) add_model(models, deployment.model);
    for (const auto& [model, deployment] : config.azure_model_mapper) add_model(models, model);
}

}  // namespace

void place_azure_models(Loading& loading) {
    auto& config = loading.config;
    Pairs shipped;
    for (auto& provider : config.providers) {
        if (provider.protocol != Protocol::azure || provider.regions.empty()) continue;
        if (shipped.empty()) shipped = shipped_table(loading);
        auto& models = provider.regions.front().models;
        if (provider.name == "azure") add_named_models(config, models);
        if (provider.name == "azure" && config.source.empty())
            for (const auto& [model, deployment] : shipped) add_model(models, model);
        for (auto& region : provider.regions)
            for (auto& model : region.models) place(model, config, shipped);
    }
}

}  // namespace ogem::config
