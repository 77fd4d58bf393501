// Verbs for tests of the configuration.
#pragma once

#include "config/load.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::config::given {

inline Sources yaml(std::string text, Environment env = {}) {
    Sources sources;
    sources.name = "c.yaml";
    sources.text = std::move(text);
    sources.env = std::move(env);
    return sources;
}

inline Sources environment(Environment env) {
    Sources sources;
    sources.env = std::move(env);
    return sources;
}

inline std::vector<std::string> lines(const Loaded& loaded) {
    std::vector<std::string> out;
    for (const auto& complaint : loaded.complaints) out.push_back(to_text(complaint));
    return out;
}

// All complaints about `text`, one line each.
inline std::string complaints(std::string text, Environment env = {}) {
    std::string out;
    for (const auto& line : lines(load(yaml(std::move(text), std::move(env)))))
        out += (out.empty() ? "" : "\n") + line;
    return out;
}

inline Config config(std::string text, Environment env = {}) {
    return load(yaml(std::move(text), std::move(env))).config;
}

inline const Provider& provider(const Config& config, std::string_view name) {
    static const Provider none;
    for (const auto& provider : config.providers)
        if (provider.name == name) return provider;
    return none;
}

inline std::vector<std::string> names(const std::vector<Model>& models) {
    std::vector<std::string> out;
    for (const auto& model : models) out.push_back(model.name);
    return out;
}

inline std::string file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline std::string fixture(const std::string& name) {
    return file(OGEM_SOURCE_DIR "/tests/fixtures/config/" + name);
}

}  // namespace ogem::config::given
