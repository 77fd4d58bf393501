#include "base/text.h"
#include "config/names.h"
#include "config/parts/builtin.h"
#include "config/parts/credentials.h"
#include "config/parts/regions.h"
#include "config/parts/settings.h"

#include <algorithm>
#include <set>

namespace ogem::config {

namespace {

// Requests carry these with our key; in the file they would be that key.
bool is_secret_header(std::string_view name) {
    constexpr std::string_view kNames[] = {"authorization",  "api-key", "x-api-key",
                                           "x-goog-api-key", "cookie",  "proxy-authorization"};
    return std::any_of(std::begin(kNames), std::end(kNames),
                       [&](auto known) { return equal_ignoring_case(name, known); });
}

bool is_header(std::string_view name, std::string_view value) {
    constexpr std::string_view kSymbols = "!#$%&'*+-.^_`|~";
    const bool token = !name.empty() && std::all_of(name.begin(), name.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               kSymbols.find(c) != std::string_view::npos;
    });
    return token && std::all_of(value.begin(), value.end(), [](char c) {
               return static_cast<unsigned char>(c) >= 0x20 || c == '\t';
           });
}

void read_headers(Loading& loading, Block& block, Provider& provider) {
    block.read_pairs("headers", provider.headers);
    const auto* node = block.take("headers");
    if (!node) return;
    for (const auto& [key, value] : node->entries) {
        if (is_secret_header(key->text) || looks_like_secret(value->text))
            loading.complaints.error(*key, "E205",
                                     cat("header ", shown_name(key->text),
                                         " would put a key into the configuration; put it into an "
                                         "environment variable and name that with api_key_env"));
        if (!is_header(key->text, value->text))
            loading.complaints.error(*key, "E313",
                                     cat(shown_name(key->text), " cannot be sent as a header"));
    }
}

void read_timeouts(Block block, Timeouts& timeout) {
    block.read("connect", timeout.connect, Time{});
    block.read("first_byte", timeout.first_byte, Time{});
    block.read("idle", timeout.idle, Time{});
    block.read("keepalive", timeout.keepalive, Time{});
    block.finish();
}

// AZURE_OPENAI_ENDPOINT beats the file, as every variable does.
void take_azure_endpoint(Loading& loading, Provider& provider) {
    const auto found = loading.variables.find("AZURE_OPENAI_ENDPOINT");
    if (provider.name != "azure" || !found) return;
    if (const auto url = parse_base_url(found->value)) {
        provider.base_url = *url;
        loading.origins["providers.azure.base_url"] = found->origin;
    } else {
        loading.complaints.error_outside(url.error().code,
                                         cat(found->origin, ": ", url.error().reason));
    }
}

void read_address(Loading& loading, Block& block, const Node& key, Provider& provider) {
    block.read("protocol", provider.protocol, protocols());
    block.read("base_url", provider.base_url, parse_base_url);
    take_azure_endpoint(loading, provider);
    const bool given = !provider.base_url.empty() || block.take("base_url");
    if (!given && provider.protocol != Protocol::mock)
        loading.complaints.error(key, "E202",
                                 cat("provider ", shown_name(provider.name),
                                     " needs a base_url; Ogem does not know its address"));
}

void read_habits(Loading& loading, Block& block, Provider& provider) {
    read_headers(loading, block, provider);
    read_timeouts(block.block("timeout"), provider.timeout);
    block.read("on_client_gone", provider.on_client_gone, on_client_gone_words());
    block.read("batch", provider.batch, batch_modes());
    block.read("discover", provider.discover, parse_boolean);
    Block::Pairs safety;
    block.read_pairs("safety_settings", safety);
    provider.safety_settings.insert(safety.begin(), safety.end());
}

bool has_models(const Provider& provider) {
    return std::any_of(provider.regions.begin(), provider.regions.end(),
                       [](const auto& region) { return !region.models.empty(); });
}

void check_batch(Loading& loading, const Node& key, const Provider& provider) {
    if (provider.batch != BatchMode::off) return;
    for (const auto& region : provider.regions)
        for (const auto& model : region.models)
            if (model.name.ends_with("@batch"))
                loading.complaints.warning(
                    key, "W303",
                    cat("model ", shown_name(model.name), " asks for batches, but provider ",
                        shown_name(provider.name), " has batch: off"));
}

// Says what would keep requests away. Of a provider with errors the first cause is told already.
void check_use(Loading& loading, const Node& key, const Provider& provider, bool used, bool sound) {
    const auto& config = loading.config;
    if (!used && sound && config.mode.empty() && config.pool_models.empty())
        loading.complaints.warning(
            key, "W302",
            cat("provider ", shown_name(provider.name),
                " has no models; list some under regions, or set discover: true"));
    const bool google =
        provider.protocol == Protocol::vertex || provider.protocol == Protocol::vertex_anthropic;
    if (used && google && config.google_cloud_project.empty())
        loading.missing(key, "W403",
                        cat("provider ", shown_name(provider.name),
                            " needs google_cloud_project, or GOOGLE_CLOUD_PROJECT in the "
                            "environment"));
    check_batch(loading, key, provider);
}

Provider read_provider(Loading& loading, const Entry& entry) {
    const auto& key = *entry.key;
    const auto errors_before = loading.complaints.errors();
    auto provider = provider_named(key.text);
    Block block(loading, entry.value, cat("providers.", key.text),
                cat("provider ", shown_name(key.text)));
    check_segment(loading, key, "provider");
    read_address(loading, block, key, provider);
    const auto keys = read_key_plan(block);
    read_habits(loading, block, provider);
    read_regions(loading, block, key, provider);
    block.finish();
    const bool used = has_models(provider) || provider.discover;
    check_use(loading, key, provider, used, loading.complaints.errors() == errors_before);
    fill_credentials(loading, provider, keys, key, used);
    return provider;
}

}  // namespace

void read_providers(Loading& loading, const Node* providers) {
    const Block block(loading, providers, "providers", "providers");
    std::set<std::string_view> seen;
    for (const auto& entry : block.entries()) {
        if (!seen.insert(entry.key->text).second) continue;  // a duplicate key, told already
        loading.came_from(cat("providers.", entry.key->text), *entry.key);
        loading.config.providers.push_back(read_provider(loading, entry));
    }
}

}  // namespace ogem::config
