// One generation of the configuration with everything worked out from it. Immutable; a reload makes
// another, and requests under way keep the one they began with.
#pragma once

#include "auth/google/credentials.h"
#include "config/config.h"
#include "gateway/traffic.h"
#include "route/catalog.h"
#include "wire/dialect.h"
#include "wire/url.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ogem::gateway {

enum class Operation : std::uint8_t { chat, completion, embedding };
inline constexpr std::size_t kOperations = 3;

// "/chat/completions": the path of an operation below a provider's base URL, in OpenAI's dialect.
std::string_view path_of(Operation operation);

// How to reach an endpoint: what is the same for every request to it.
struct Target {
    wire::Url url;
    std::string credential_class;    // connections are shared within it
    std::string heads[kOperations];  // request head up to and including "Content-Length: "
    std::string fields;              // the header lines that all its requests share
    wire::Place place;               // for dialects other than OpenAI's
    bool google = false;             // asked with a token of Google Cloud
};

// Who we are to Google Cloud, or why nobody; nothing where no provider asks.
using GoogleIdentity = std::optional<Result<auth::google::Credentials>>;

struct Generation {
    std::shared_ptr<const config::Config> config;
    GoogleIdentity google;
    std::shared_ptr<const route::Catalog> catalog;
    std::vector<Target> targets;            // by EndpointId; empty URL for protocols without HTTP
    std::vector<EndpointTraffic*> traffic;  // by EndpointId
    std::chrono::system_clock::time_point loaded_at;
};

// Some provider of `config` asks for tokens of Google Cloud.
bool needs_google(const config::Config& config);

// `traffic` must outlive the generation. Errors: invalid, for a base_url that is no URL.
Result<std::shared_ptr<const Generation>> make_generation(
    std::shared_ptr<const config::Config> config, GoogleIdentity google, Traffic& traffic);

}  // namespace ogem::gateway
