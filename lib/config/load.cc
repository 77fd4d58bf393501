#include "config/load.h"

#include "base/text.h"
#include "config/parts/settings.h"

#include <algorithm>

namespace ogem::config {

namespace {

// Keys that begin with x- hold anchors for aliases elsewhere, as in compose files.
void ignore_extensions(Block& top) {
    for (const auto& [key, value] : top.entries())
        if (key->text.starts_with("x-")) top.take(key->text);
}

// A listener that others can reach, and nobody asked for a key.
void check_openness(Loading& loading) {
    const auto& config = loading.config;
    if (!config.server_key.empty() || config.allow_anonymous) return;
    for (const auto& address : config.listen) {
        const bool local = address.starts_with("127.") || address.starts_with("[::1]") ||
                           address.starts_with("localhost:");
        if (!local)
            loading.complaints.warning_outside(
                "W311", cat("listen address ", address,
                            " can be reached by other machines, and no key is asked for; set "
                            "OPEN_GEMINI_API_KEY, or allow_anonymous: true if that is meant"));
    }
}

void read(Loading& loading, const Node* root) {
    Block top(loading, root, "", "");
    read_settings(loading, top);
    read_environment(loading);
    read_azure_environment(loading);
    read_flags(loading);
    read_clients(loading, top);
    read_presets(loading, top);
    ignore_extensions(top);
    if (const auto* providers = top.take("providers")) {
        read_providers(loading, providers);
    } else {
        add_providers_of_environment(loading);
    }
    top.finish();
    place_azure_models(loading);
    add_mock(loading);
    check_openness(loading);
}

}  // namespace

bool Loaded::ok() const {
    return std::none_of(complaints.begin(), complaints.end(), [](const auto& complaint) {
        return complaint.severity == Severity::error;
    });
}

Loaded load(const Sources& sources) {
    Loading loading(sources);
    loading.config.source = sources.name;
    if (sources.pool_files && !sources.text) {
        loading.config.pool_credentials = "configs/credentials.json";
        loading.config.pool_models = "configs/models.json";
        loading.config.routing.unknown_model = UnknownModel::any;
    }
    const auto document = read_yaml(sources.text.value_or(""), sources.name);
    if (document) {
        read(loading, document->root);
    } else {
        loading.complaints.add(document.error());
    }
    return {std::move(loading.config), loading.complaints.take(), std::move(loading.origins)};
}

}  // namespace ogem::config
