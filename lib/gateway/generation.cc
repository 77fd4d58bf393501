#include "gateway/generation.h"

#include "base/text.h"

namespace ogem::gateway {

namespace {

// Bytes that would end a header line early must not get in by way of a key or a configured header.
bool fits_in_a_header(std::string_view text) {
    return text.find_first_of("\r\n\0", 0, 3) == std::string_view::npos;
}

std::string head_of(const wire::Url& url, const config::Provider& provider, Operation operation) {
    std::string head =
        cat("POST ", url.path, path_of(operation), " HTTP/1.1\r\nHost: ", url.authority(), "\r\n");
    if (!provider.credentials.empty()) {
        const auto& key = provider.credentials.front().key.reveal();
        if (!key.empty() && fits_in_a_header(key))
            append(head, "Authorization: Bearer ", key, "\r\n");
    }
    for (const auto& [name, value] : provider.headers)
        if (fits_in_a_header(name) && fits_in_a_header(value))
            append(head, name, ": ", value, "\r\n");
    head += "User-Agent: ogem/" OGEM_VERSION
            "\r\nAccept-Encoding: identity\r\nContent-Type: application/json\r\nContent-Length: ";
    return head;
}

Result<Target> target_of(const route::Endpoint& endpoint) {
    Target target;
    if (endpoint.provider->protocol == config::Protocol::mock) return target;
    auto url = wire::parse_url(endpoint.base_url);
    if (!url)
        return fail(Kind::invalid,
                    cat("providers.", endpoint.provider->name, ".base_url: ", url.error().message));
    target.url = std::move(*url);
    target.credential_class = endpoint.provider->name;
    for (std::size_t i = 0; i < kOperations; ++i)
        target.heads[i] = head_of(target.url, *endpoint.provider, static_cast<Operation>(i));
    return target;
}

}  // namespace

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
    std::shared_ptr<const config::Config> config, Traffic& traffic) {
    auto generation = std::make_shared<Generation>();
    generation->catalog = std::make_shared<route::Catalog>(config);
    for (const auto& endpoint : generation->catalog->endpoints()) {
        auto target = target_of(endpoint);
        if (!target) return fail_as(target);
        generation->targets.push_back(std::move(*target));
        generation->traffic.push_back(&traffic.of(endpoint));
    }
    generation->config = std::move(config);
    generation->loaded_at = std::chrono::system_clock::now();
    return generation;
}

}  // namespace ogem::gateway
