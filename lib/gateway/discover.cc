#include "gateway/discover.h"

#include "base/log.h"
#include "base/text.h"
#include "gateway/request_head.h"
#include "json/scan.h"
#include "net/together.h"

#include <algorithm>

namespace ogem::gateway {

namespace {

constexpr std::size_t kMaxList = 1 << 20;  // bytes
constexpr Duration kPatience = 10s;
constexpr Duration kLocalPatience = 300ms;
constexpr Duration kKeepAlive = 5s;

struct LocalServer {
    std::string_view name;
    unsigned short port;
};
// Default ports of their documentations, 2025.
constexpr LocalServer kLocalServers[] = {
    {"ollama", 11434}, {"llamacpp", 8080}, {"lmstudio", 1234}, {"vllm", 8000}};

// How a dialect asks for the list (OAPI /models; wire/anthropic.md section 6; wire/gemini.md
// section 1). An empty path: it has none.
struct Listing {
    std::string_view path, fields;
};

Listing listing_of(config::Protocol protocol) {
    switch (protocol) {
        case config::Protocol::openai:
            return {"/models", ""};
        case config::Protocol::anthropic:
            return {"/v1/models?limit=1000", "anthropic-version: 2023-06-01\r\n"};
        case config::Protocol::gemini:
            return {"/v1beta/models?pageSize=1000", ""};
        default:
            return {};
    }
}

Task<Result<std::string>> read_list(net::Transfer& transfer) {
    std::string body;
    while (true) {
        auto piece = co_await transfer.read();
        if (!piece) co_return fail_as(piece);
        if (piece->empty()) break;
        body += *piece;
        if (body.size() > kMaxList)
            co_return fail(Kind::upstream, "the list of models is larger than a mebibyte");
    }
    json::reserve_padding(body);
    co_return body;
}

bool listens_on(const std::vector<std::string>& listeners, unsigned short port) {
    return std::ranges::any_of(listeners, [ending = cat(':', port)](const auto& address) {
        return address.ends_with(ending);
    });
}

bool is_taken(const config::Config& config, const LocalServer& server) {
    return std::ranges::any_of(config.providers, [&](const auto& provider) {
        const auto url = wire::parse_url(provider.base_url);
        const bool here =
            url && url->port == server.port &&
            (url->host == "127.0.0.1" || url->host == "::1" || url->host == "localhost");
        return here || provider.name == server.name;
    });
}

// One question and its answer.
struct Asked {
    config::Provider provider;
    bool local;
    Result<std::vector<std::string>> models;
};

Task<> ask(net::Loop& loop, net::Sender& sender, Asked& asked) {
    auto task = list_models(loop, sender, asked.provider, asked.local ? kLocalPatience : kPatience,
                            asked.local);
    asked.models = co_await task;
}

void tell(const Asked& asked) {
    if (asked.models) {
        log::info("discovered",
                  {{"provider", asked.provider.name}, {"models", asked.models->size()}});
    } else if (!asked.local) {
        log::warn("cannot discover models",
                  {{"provider", asked.provider.name}, {"reason", asked.models.error().message}});
    }
}

bool knows(const config::Region& region, const std::string& name) {
    return std::ranges::any_of(region.models, [&](const auto& model) {
        return model.name == name || std::ranges::count(model.other_names, name) > 0;
    });
}

void add_models(config::Provider& provider, const Finding& finding) {
    auto region = std::ranges::find(provider.regions, provider.name, &config::Region::name);
    if (region == provider.regions.end()) {
        provider.regions.push_back({provider.name, "", {}});
        region = std::prev(provider.regions.end());
    }
    for (const auto& name : finding.models) {
        if (knows(*region, name)) continue;
        auto& model = region->models.emplace_back();
        model.name = model.rate_key = name;
    }
}

config::Provider local_provider(std::string_view name, std::string base_url) {
    config::Provider provider;
    provider.name = name;
    provider.base_url = std::move(base_url);
    provider.discover = true;
    return provider;
}

}  // namespace

Task<Result<std::vector<std::string>>> list_models(net::Loop& loop, net::Sender& sender,
                                                   config::Provider provider, Duration patience,
                                                   bool local) {
    const auto url = wire::parse_url(provider.base_url);
    if (!url) co_return fail(url.error());
    net::UpstreamRequest request;
    request.url = &*url;
    request.credential_class = provider.name;
    const auto listing = listing_of(provider.protocol);
    request.head =
        request_head("GET", listing.path, *url, provider, route::credential_of(provider));
    append(request.head, listing.fields, "\r\n");
    const net::Deadlines deadlines{patience, patience, patience, kKeepAlive, loop.now() + patience};
    const auto transfer = sender.send(std::move(request), deadlines);
    auto head = co_await transfer->head();
    if (!head) co_return fail_as(head);
    if (head->status != 200)
        co_return fail(Kind::upstream,
                       cat("GET ", provider.base_url, listing.path, " answered ", head->status));
    if (local && wire::header(*head->headers, "server") == kServerName)
        co_return fail(Kind::not_found, "this is another ogemd");
    auto body = co_await read_list(*transfer);
    if (!body) co_return fail_as(body);
    co_return read_model_list(*body);
}

std::vector<config::Provider> local_servers(const config::Config& config,
                                            const std::vector<std::string>& listeners) {
    std::vector<config::Provider> out;
    if (!config.source.empty()) return out;
    for (const auto& server : kLocalServers)
        if (!listens_on(listeners, server.port) && !is_taken(config, server))
            out.push_back(
                local_provider(server.name, cat("http://127.0.0.1:", server.port, "/v1")));
    return out;
}

std::vector<config::Provider> discoverable(const config::Config& config) {
    std::vector<config::Provider> out;
    for (const auto& provider : config.providers) {
        const auto* credential = route::credential_of(provider);
        const bool has_key = !credential || !credential->key.empty();
        if (provider.discover && has_key && !listing_of(provider.protocol).path.empty())
            out.push_back(provider);
    }
    return out;
}

Task<std::vector<Finding>> discover(net::Loop& loop, net::Sender& sender,
                                    std::shared_ptr<const config::Config> config,
                                    std::vector<std::string> listeners) {
    std::vector<Asked> all;
    for (auto& provider : discoverable(*config)) all.push_back({std::move(provider), false, {}});
    for (auto& server : local_servers(*config, listeners))
        all.push_back({std::move(server), true, {}});
    std::vector<Finding> findings;
    std::vector<Task<>> tasks;
    for (auto& asked : all) tasks.push_back(ask(loop, sender, asked));
    auto asking = net::together(loop, std::move(tasks));
    co_await asking;
    for (auto& asked : all) {
        tell(asked);
        if (asked.models && !asked.models->empty())
            findings.push_back({asked.provider.name, asked.provider.base_url, asked.local,
                                std::move(*asked.models)});
    }
    co_return findings;
}

config::Config with_findings(config::Config config, const std::vector<Finding>& findings) {
    for (const auto& finding : findings) {
        auto provider =
            std::ranges::find(config.providers, finding.provider, &config::Provider::name);
        const bool known = provider != config.providers.end();
        if (finding.local && !known && config.source.empty()) {
            config.providers.push_back(local_provider(finding.provider, finding.base_url));
            add_models(config.providers.back(), finding);
        } else if (!finding.local && known && provider->discover &&
                   provider->base_url == finding.base_url) {
            add_models(*provider, finding);
        }
    }
    return config;
}

}  // namespace ogem::gateway
