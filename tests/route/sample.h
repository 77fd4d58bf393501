// A configuration in the shape of the documents' examples, for the tests of this folder.
#pragma once

#include "route/catalog.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace ogem::test {

inline config::Model model(std::string name, std::vector<std::string> other_names = {}) {
    config::Model out;
    out.name = std::move(name);
    out.other_names = std::move(other_names);
    return out;
}

inline config::Provider provider(std::string name, std::vector<std::string> regions,
                                 std::vector<config::Model> models) {
    config::Provider out;
    out.name = std::move(name);
    out.base_url = "https://" + out.name + ".example/v1/";
    out.batch = config::BatchMode::native;
    for (auto& region : regions) out.regions.push_back({std::move(region), "", models});
    return out;
}

inline config::Credential credential(std::string source, std::string key) {
    return {std::move(source), Secret(std::move(key))};
}

inline const std::string kTuned = "projects/1/locations/us-central1/endpoints/42";

// openai (gpt-4), vertex (two regions), studio, claude without its key, custom (org/model), mock.
inline std::shared_ptr<config::Config> sample_config() {
    auto config = std::make_shared<config::Config>();
    auto openai =
        provider("openai", {"openai"}, {model("gpt-4", {"gpt-4-latest"}), model("gpt-4o")});
    openai.credentials.push_back(credential("OPENAI_API_KEY", "sk-test"));
    auto vertex = provider("vertex", {"us-central1", "europe-west1"},
                           {model("gemini-1.5-pro", {"gemini-pro"}), model("gemini-1.5-flash"),
                            model(kTuned, {"finetuned-flash"})});
    vertex.batch = config::BatchMode::off;
    vertex.regions[1].base_url = "https://eu.example/";
    auto studio = provider("studio", {"studio"}, {model("gemini-1.5-pro")});
    auto claude = provider("claude", {"claude"}, {model("claude-3-opus", {"opus"})});
    claude.credentials.push_back(credential("CLAUDE_API_KEY", ""));
    auto custom = provider("custom", {"custom"}, {model("org/model"), model("gpt-4")});
    custom.batch = config::BatchMode::off;
    auto mock = provider("mock", {"mock"}, {model("echo")});
    mock.protocol = config::Protocol::mock;
    config->providers = {openai, vertex, studio, claude, custom, mock};
    return config;
}

// "openai/openai/gpt-4 custom/custom/gpt-4; ..." of a chain, or the kind and message of its error.
inline std::string routes_of(const route::Catalog& catalog, std::string_view typed) {
    const auto chain = catalog.resolve(typed);
    if (!chain) return "error: " + chain.error().message;
    std::string out;
    for (const auto& element : *chain) {
        if (!out.empty()) out += "; ";
        std::string routes;
        for (const auto* endpoint : element.candidates)
            routes += (routes.empty() ? "" : " ") + endpoint->route();
        out += routes + (element.batch ? " @batch" : "");
    }
    return out;
}

}  // namespace ogem::test
