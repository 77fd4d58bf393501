#include "base/text.h"
#include "config/parts/settings.h"

namespace ogem::config {

namespace {

// OPEN_GEMINI_API_KEY and its alias OGEM_API_KEY are both in use; two values are one mistake.
void compare_aliases(Loading& loading) {
    const auto first = loading.variables.first_of({"OPEN_GEMINI_API_KEY"});
    const auto second = loading.variables.first_of({"OGEM_API_KEY"});
    if (first && second && first->value != second->value)
        loading.complaints.warning_outside(
            "W405",
            "OPEN_GEMINI_API_KEY and OGEM_API_KEY are both set and differ; clients must "
            "show the value of OPEN_GEMINI_API_KEY");
}

}  // namespace

void read_server_key(Loading& loading, Block& top) {
    auto& config = loading.config;
    std::string name = "OPEN_GEMINI_API_KEY";
    const bool named = top.read("api_key_env", name, parse_variable_name);
    if (name == "OPEN_GEMINI_API_KEY") compare_aliases(loading);
    if (const auto found = loading.variables.find(name)) {
        config.server_key = Secret(found->value);
        loading.origins["server_key"] = found->origin;
        return;
    }
    if (const auto legacy = loading.legacy.find(""); legacy != loading.legacy.end()) {
        config.server_key = legacy->second.key;
        loading.origins["server_key"] = legacy->second.source;
    } else if (named) {
        loading.missing(*top.take("api_key_env"), "W402",
                        cat("api_key_env ", name,
                            " is not set in this environment, so no key will be asked for"));
    }
}

}  // namespace ogem::config
