#include "config/parts/credentials.h"

#include "base/text.h"
#include "config/parts/builtin.h"

#include <algorithm>

namespace ogem::config {

namespace {

using Reader = std::function<Result<std::string>(const std::string&)>;

// The key that `read` finds in `what`; an empty one if it fails, which is told.
Credential key_from(Loading& loading, const Reader& read, const std::string& what,
                    std::string source, Place place) {
    Credential credential{std::move(source), Secret(), false};
    if (!read) return credential;
    const auto text = read(what);
    if (!text) {
        loading.missing(place, "W404", text.error().message);
    } else if (const auto key = trim(*text); key.empty()) {
        loading.missing(place, "W404", cat(credential.source, " gave an empty key"));
    } else {
        credential.key = Secret(std::string(key));
    }
    return credential;
}

// True if one of the plan's variables is set. Those that are not are told only if nothing else can
// give a key.
bool take_variables(Loading& loading, Provider& provider, const KeyPlan& plan, bool needed) {
    bool any = false;
    for (const auto& [name, place] : plan.variables) {
        const auto found = loading.variables.find(name);
        any = any || found;
        provider.credentials.push_back(
            {found ? found->name : name, Secret(found ? found->value : ""), false});
        if (!found && needed && plan.command.empty() && plan.file.empty())
            loading.missing(place, "W402",
                            cat("api_key_env ", name, " is not set in this environment"));
    }
    return any;
}

// The variable that a built-in provider is known by, then a legacy key of the file.
bool take_known(Loading& loading, Provider& provider) {
    const auto* known = builtin(provider.name);
    if (!known || known->key_variable.empty()) return false;
    if (const auto found = loading.variables.find(known->key_variable)) {
        provider.credentials.push_back({found->name, Secret(found->value), false});
        return true;
    }
    if (provider.protocol == Protocol::azure)
        if (const auto found = loading.variables.find("AZURE_OPENAI_TOKEN")) {
            provider.credentials.push_back({found->name, Secret(found->value), true});
            return true;
        }
    const auto legacy = loading.legacy.find(provider.name);
    if (legacy == loading.legacy.end()) return false;
    provider.credentials.push_back({legacy->second.source, legacy->second.key, false});
    return true;
}

}  // namespace

KeyPlan read_key_plan(Block& block) {
    KeyPlan plan;
    std::vector<std::string> names;
    block.read_list("api_key_env", names, parse_variable_name);
    const auto* node = block.take("api_key_env");
    for (std::size_t i = 0; i < names.size(); ++i) {
        const bool itemised = node->items.size() == names.size();
        plan.variables.push_back({names[i], itemised ? *node->items[i] : *node});
    }
    if (block.read("api_key_cmd", plan.command, parse_text))
        plan.command_place = *block.take("api_key_cmd");
    if (block.read("api_key_file", plan.file, parse_text))
        plan.file_place = *block.take("api_key_file");
    return plan;
}

void fill_credentials(Loading& loading, Provider& provider, const KeyPlan& plan, Place place,
                      bool needed) {
    const auto& sources = loading.sources;
    if (plan.variables.empty() ? take_known(loading, provider)
                               : take_variables(loading, provider, plan, needed))
        return;
    if (!plan.command.empty()) {
        // The rest of the command may hold a secret.
        const auto program = split(plan.command, ' ').front();
        provider.credentials = {key_from(loading, sources.run_command, plan.command,
                                         cat("cmd:", program), plan.command_place)};
        if (!provider.credentials.front().key.empty() || plan.file.empty()) return;
    }
    if (!plan.file.empty()) {
        provider.credentials = {key_from(loading, sources.read_file, plan.file,
                                         cat("file:", plan.file), plan.file_place)};
        return;
    }
    const auto* known = builtin(provider.name);
    if (!plan.variables.empty() || !known || known->key_variable.empty()) return;
    provider.credentials.push_back({std::string(known->key_variable), Secret(), false});
    if (needed)
        loading.missing(place, "W402",
                        cat(known->key_variable, " is not set in this environment, so provider '",
                            provider.name, "' is left out"));
}

}  // namespace ogem::config
