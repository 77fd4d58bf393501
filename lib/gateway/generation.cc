#include "gateway/generation.h"

#include "base/text.h"
#include "config/capabilities.h"
#include "config/model_versions.h"
#include "gateway/dialects.h"
#include "gateway/request_head.h"
#include "wire/capabilities.h"
#include "wire/google_host.h"

#include <algorithm>

namespace ogem::gateway {

namespace {

std::string head_of(const wire::Url& url, const route::Endpoint& endpoint, Operation operation,
                    std::string_view azure_api_version) {
    const auto path = path_at(endpoint, path_of(operation), azure_api_version);
    return request_head("POST", path, url, *endpoint.provider, endpoint.credential) +
           "Content-Type: application/json\r\nContent-Length: ";
}

bool wants_tokens(const config::Provider& provider) {
    return provider.protocol == config::Protocol::vertex ||
           provider.protocol == config::Protocol::vertex_anthropic;
}

// The project to charge: the configuration's, else the one that the credentials name.
std::string project_of(const config::Config& config, const GoogleIdentity& google) {
    const bool known = google && *google;
    if (!config.google_cloud_project.empty() || !known) return config.google_cloud_project;
    return (*google)->project;
}

// Google's hosts are those of a location, and the whole name of a tuned model names its own.
void correct_host(wire::Url& url, const route::Endpoint& endpoint) {
    constexpr std::string_view kOfRegion = "{region}-aiplatform.googleapis.com";
    if (endpoint.provider->base_url.find(kOfRegion) == std::string::npos) return;
    const auto location = wire::location_of(endpoint.model->name, endpoint.region->name);
    if (auto host = wire::google_host(location)) url.host = std::move(*host);
}

Result<wire::Place> place_of(const route::Endpoint& endpoint, const std::string& project) {
    const auto protocol = endpoint.provider->protocol;
    const auto& model = *endpoint.model;
    auto can = wire::capabilities_from(config::capabilities_of(model, protocol));
    if (!can) return fail(std::move(can.error()));
    return wire::Place{config::versioned_name(model.name, protocol), endpoint.region->name, project,
                       std::move(*can)};
}

Result<Target> target_of(const route::Endpoint& endpoint, const config::Config& config,
                         const std::string& project) {
    Target target;
    if (endpoint.provider->protocol == config::Protocol::mock) return target;
    auto url = wire::parse_url(endpoint.base_url);
    if (!url)
        return fail(Kind::invalid,
                    cat("providers.", endpoint.provider->name, ".base_url: ", url.error().message));
    target.url = std::move(*url);
    correct_host(target.url, endpoint);
    target.credential_class = endpoint.provider->name;
    if (endpoint.model->serverless) append(target.credential_class, '/', endpoint.model->name);
    target.fields = shared_fields(target.url, *endpoint.provider, endpoint.credential);
    target.google = wants_tokens(*endpoint.provider) && !endpoint.credential;
    if (dialect_of(endpoint.provider->protocol)) {
        auto place = place_of(endpoint, project);
        if (!place) return fail(std::move(place.error()));
        target.place = std::move(*place);
    }
    for (std::size_t i = 0; i < kOperations; ++i)
        target.heads[i] =
            head_of(target.url, endpoint, static_cast<Operation>(i), config.azure_api_version);
    return target;
}

}  // namespace

bool needs_google(const config::Config& config) {
    return std::ranges::any_of(config.providers, wants_tokens);
}

std::string_view path_of(Operation operation) {
    switch (operation) {
        case Operation::chat:
            return "/chat/completions";
        case Operation::completion:
            return "/completions";
        case Operation::embedding:
            return "/embeddings";
    }
    return {};
}

Result<std::shared_ptr<const Generation>> make_generation(
    std::shared_ptr<const config::Config> config, GoogleIdentity google, Traffic& traffic) {
    auto generation = std::make_shared<Generation>();
    generation->google = std::move(google);
    const auto project = project_of(*config, generation->google);
    generation->catalog = std::make_shared<route::Catalog>(config);
    for (const auto& endpoint : generation->catalog->endpoints()) {
        auto target = target_of(endpoint, *config, project);
        if (!target) return fail_as(target);
        generation->targets.push_back(std::move(*target));
        generation->traffic.push_back(&traffic.of(endpoint));
    }
    generation->config = std::move(config);
    generation->loaded_at = std::chrono::system_clock::now();
    return generation;
}

}  // namespace ogem::gateway
