#include "base/text.h"
#include "config/parts/settings.h"

namespace ogem::config {

namespace {

// The pieces of "a=b,c=d" that have a name and a value; W410 for the others.
std::vector<std::pair<std::string, std::string>> pairs_of(Loading& loading,
                                                          const Variables::Found& found) {
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const auto piece : split(found.value, ',')) {
        if (trim(piece).empty()) continue;
        const auto equals = piece.find('=');
        const auto name = trim(piece.substr(0, equals));
        const auto value = equals == std::string_view::npos ? "" : trim(piece.substr(equals + 1));
        if (name.empty() || value.empty()) {
            loading.complaints.warning_outside(
                "W410", cat(found.origin, ": ", shown(piece), " is not name=value; it is ignored"));
        } else {
            pairs.emplace_back(name, value);
        }
    }
    return pairs;
}

std::string upper(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    return out;
}

// AZURE_AI_STUDIO_DEPLOYMENTS: model=Deployment:region, each with its own key (behaviour 1.10).
Deployment deployment_of(Loading& loading, const std::string& model, std::string_view target) {
    Deployment deployment;
    const auto colon = target.rfind(':');
    deployment.model = to_lower(model);
    deployment.deployment = trim(target.substr(0, colon));
    if (colon == std::string_view::npos) {
        loading.complaints.warning_outside("W410",
                                           cat("AZURE_AI_STUDIO_DEPLOYMENTS: ", shown_name(model),
                                               " names no region; write model=Deployment:region"));
    } else {
        deployment.region = trim(target.substr(colon + 1));
    }
    const auto variable = cat("AZURE_OPENAI_KEY_", upper(model));
    deployment.credential.source = variable;
    deployment.credential.bearer = true;
    if (const auto found = loading.variables.find(variable)) {
        deployment.credential.source = found->name;
        deployment.credential.key = Secret(found->value);
    } else {
        loading.missing(
            {}, "W402",
            cat(variable, " is not set, so serverless model ", shown_name(model), " has no key"));
    }
    return deployment;
}

}  // namespace

void read_azure_environment(Loading& loading) {
    auto& config = loading.config;
    auto& variables = loading.variables;
    if (const auto found = variables.find("AZURE_OPENAI_APIVERSION"))
        config.azure_api_version = found->value;
    if (const auto found = variables.find("AZURE_OPENAI_MODEL_MAPPER"))
        config.azure_model_mapper = pairs_of(loading, *found);
    if (const auto found = variables.find("AZURE_AI_STUDIO_DEPLOYMENTS"))
        for (const auto& [model, target] : pairs_of(loading, *found))
            config.azure_deployments.push_back(deployment_of(loading, model, target));
    if (const auto found = variables.find("AZURE_OPENAI_PROXY_MODE")) {
        if (const auto mode = words({"azure", "google", "vertex", "openai"})(trim(found->value))) {
            config.mode = *mode;
            loading.origins["mode"] = found->origin;
        } else {
            loading.complaints.error_outside(mode.error().code,
                                             cat(found->origin, ": ", mode.error().reason));
        }
    } else if (config.mode.empty() && !loading.sources.text) {
        if (const auto endpoint = variables.find("AZURE_OPENAI_ENDPOINT")) {
            config.mode = "azure";
            loading.origins["mode"] = endpoint->origin;
        }
    }
}

}  // namespace ogem::config
