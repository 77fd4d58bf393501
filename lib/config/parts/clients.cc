#include "base/text.h"
#include "config/parts/settings.h"

namespace ogem::config {

namespace {

ClientKey read_client(Loading& loading, const Entry& entry, const std::string& path) {
    ClientKey client;
    client.name = entry.key->text;
    Block block(loading, entry.value, path, cat("client ", shown_name(client.name)));
    block.read_list("models", client.models);
    block.read("rpm", client.rpm, Whole{});
    block.read("tpm", client.tpm, Whole{});
    block.read("max_concurrent", client.max_concurrent, Whole{});
    auto budget = block.block("budget");
    double day = 0;
    if (budget.read("day", day, Number{})) client.budget_per_day = day;
    budget.finish();
    block.finish();
    return client;
}

Preset read_preset(Loading& loading, const Entry& entry, const std::string& path) {
    Preset preset;
    preset.name = entry.key->text;
    Block block(loading, entry.value, path, cat("preset ", shown_name(preset.name)));
    block.read("model", preset.model, parse_text);
    block.read("system", preset.system, parse_text);
    Block::Pairs options;
    block.read_pairs("options", options);
    preset.options.insert(options.begin(), options.end());
    block.finish();
    return preset;
}

}  // namespace

void read_clients(Loading& loading, Block& top) {
    const auto clients = top.block("clients");
    for (const auto& entry : clients.entries())
        loading.config.clients.push_back(
            read_client(loading, entry, clients.path_of(entry.key->text)));
}

void read_presets(Loading& loading, Block& top) {
    const auto presets = top.block("presets");
    for (const auto& entry : presets.entries())
        loading.config.presets.push_back(
            read_preset(loading, entry, presets.path_of(entry.key->text)));
}

}  // namespace ogem::config
