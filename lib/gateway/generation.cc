#include "gateway/generation.h"

#include "base/text.h"
#include "gateway/request_head.h"

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

Result<Target> target_of(const route::Endpoint& endpoint, const config::Config& config,
                         const std::string& project) {
    Target target;
    if (endpoint.provider->protocol == config::Protocol::mock) return target;
    auto url = wire::parse_url(endpoint.base_url);
    if (!url)
        return fail(Kind::invalid,
                    cat("providers.", endpoint.provider->name, ".base_url: ", url.error().message));
    target.url = std::move(*url);
    target.credential_class = endpoint.provider->name;
    if (endpoint.model->serverless) append(target.credential_class, '/', endpoint.model->name);
    target.fields = shared_fields(target.url, *endpoint.provider, endpoint.credential);
    target.google = wants_tokens(*endpoint.provider) && !endpoint.credential;
    target.place = {endpoint.model->name, endpoint.region->name, project, {}};
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
