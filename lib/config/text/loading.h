// What one load() works on. Lives as long as the call; not shared.
#pragma once

#include "config/load.h"
#include "config/text/complaints.h"
#include "config/text/variables.h"

#include <map>
#include <string>
#include <string_view>

namespace ogem::config {

// A template is copied to each region, so a small file can ask for many.
constexpr std::size_t kMostModels = 20'000;

// A key that stands in the file itself, as seed 002 allowed at the top level.
struct LegacySecret {
    Secret key;
    std::string source;  // "openai_api_key in config.yaml"
};

struct Loading {
    explicit Loading(const Sources& s)
        : sources(s), complaints(s.name), variables(s.env, s.dotenv, complaints) {}
    Loading(const Loading&) = delete;
    Loading& operator=(const Loading&) = delete;

    const Sources& sources;
    Complaints complaints;
    Variables variables;
    std::map<std::string, std::string> origins;
    std::map<std::string, LegacySecret, std::less<>> legacy;  // by the name of the provider
    Config config;
    std::size_t models = 0;  // of all regions so far, template included

    void came_from(const std::string& path, Place place) {
        origins[path] = complaints.text_of(place);
    }

    // What would keep the daemon from serving, but only in this environment (W402 to W404).
    void missing(Place place, std::string_view code, std::string message) {
        if (sources.keys_required) {
            complaints.error(place, code, std::move(message));
        } else {
            complaints.warning(place, code, std::move(message));
        }
    }
};

}  // namespace ogem::config
