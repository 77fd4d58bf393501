// The configuration, as the rest of Ogem sees it: plain values, every default already applied.
// Made by load() in config/load.h from YAML, environment and flags; never changed afterwards (a
// reload makes another). Names and meanings: contract sections 1-4 and 9.
#pragma once

#include "base/clock.h"
#include "base/secret.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::config {

enum class Protocol : std::uint8_t {
    openai,
    anthropic,
    gemini,
    vertex,
    vertex_anthropic,
    azure,
    mock
};
enum class OnClientGone : std::uint8_t { cancel, drain, finish_and_cache };
enum class BatchMode : std::uint8_t { native, emulate, off };
enum class Strategy : std::uint8_t { latency, even, round_robin, weighted, least_busy };
enum class RetryAmbiguous : std::uint8_t { never, elsewhere, always };
enum class UnknownModel : std::uint8_t { reject, any };

// The words of the configuration file for these.
std::string_view name_of(Protocol);
std::string_view name_of(OnClientGone);
std::string_view name_of(BatchMode);
std::string_view name_of(Strategy);
std::string_view name_of(RetryAmbiguous);
std::string_view name_of(UnknownModel);

struct Price {  // US dollars per million tokens
    double input = 0, output = 0, cached_input = 0;
};

// Where a provider's key comes from, and the key if it was there.
struct Credential {
    std::string source;   // "OPENAI_API_KEY", "file:/path", "cmd:op" (never the whole command)
    Secret key;           // empty: the variable is not set
    bool bearer = false;  // a token of azure, for the Authorization header instead of api-key
};

// A model of Azure that has a host and a key of its own.
struct Serverless {
    std::string base_url;  // "https://Name.region.models.ai.azure.com"
    Credential credential;
};

struct Model {
    std::string name;                      // goes upstream
    std::vector<std::string> other_names;  // aliases that clients may type
    std::string rate_key;  // models that share it share limits; the name where not given
    std::int64_t rpm = 0;  // requests per minute, 0: unlimited
    std::int64_t tpm = 0;  // tokens per minute, 0: unlimited
    double weight = 1;
    std::int64_t max_output_tokens = 0;  // 0: unknown
    std::optional<Price> price;
    std::map<std::string, std::string> capabilities;  // own ones; all: config/capabilities.h
    std::string deployment;                           // azure: what the model is called there
    std::optional<Serverless> serverless;             // azure
};

struct Region {
    std::string name;
    std::string base_url;  // "{region}" and "{project}" already replaced; empty: the provider's
    std::vector<Model> models;  // the template `default` already merged in: defaults first, a
                                // region's entry of the same name wins
};

struct Timeouts {
    Duration connect = 5s;
    Duration first_byte = 60s;
    Duration idle = 60s;
    Duration keepalive = 55s;
};

struct Provider {
    std::string name;
    Protocol protocol = Protocol::openai;
    // No trailing slash; the built-in default where none was given. May hold "{region}" and
    // "{project}"; then each region has its own, with these replaced.
    std::string base_url;
    std::vector<Credential> credentials;
    std::vector<std::pair<std::string, std::string>> headers;  // added to each upstream request
    Timeouts timeout;
    OnClientGone on_client_gone = OnClientGone::cancel;
    BatchMode batch = BatchMode::off;
    bool discover = false;
    std::map<std::string, std::string> safety_settings;
    std::vector<Region> regions;  // in the order of the file; never "default"
};

struct ClientKey {
    std::string name;
    std::vector<std::string> models;  // empty: all
    std::int64_t rpm = 0, tpm = 0, max_concurrent = 0;
    std::optional<double> budget_per_day;  // US dollars
};

struct Preset {
    std::string name, model, system;
    std::map<std::string, std::string> options;
};

// A serverless deployment of Azure (AZURE_AI_STUDIO_DEPLOYMENTS).
struct Deployment {
    std::string model, deployment, region;
    Credential credential;  // AZURE_OPENAI_KEY_<MODEL>
};

struct Config {
    std::string source;  // path or URL it was read from; empty: zero-config

    std::vector<std::string> listen{"127.0.0.1:8080"};  // HOST:PORT, [::1]:PORT
    std::string socket;                                 // path of the Unix socket
    std::string state_dir;
    int workers = 1;  // `auto` already replaced by the number of cores

    Secret server_key;  // empty: no key is asked for
    bool allow_anonymous = false;
    std::vector<std::string> cors_origins;

    Duration retry_interval = 1min;
    Duration ping_interval = 1h;  // 0: never
    Duration request_timeout = 10min;
    Duration drain_timeout = 5s;
    Duration read_timeout = 60s;  // for a client to send a whole request (READ_TIMEOUT)
    Duration idle_timeout = 75s;  // a client's kept-alive connection in silence (IDLE_TIMEOUT)

    std::int64_t memory_limit = 512LL << 20;  // bytes
    std::int64_t max_body = 32LL << 20;       // bytes
    std::int64_t max_header = 32LL << 10;     // bytes
    std::int64_t max_upload = 512LL << 20;    // bytes

    std::string log_level = "info";   // error | warn | info | debug
    std::string log_format = "text";  // text | json
    bool log_bodies = false;

    struct Cache {
        bool enabled = true, shared = false;
        Duration ttl = 24h;
        std::int64_t max_size = 2LL << 30;
    } cache;
    struct Batch {
        Duration window = 10s, poll_interval = 10s, poll_max = 60s, result_ttl = 24h;
        std::int64_t max_requests = 50'000, max_size = 200'000'000;
    } batch;
    struct Routing {
        Strategy strategy = Strategy::latency;
        int max_attempts = 3;
        bool hedge = false;
        std::string hedge_after = "p95";
        double hedge_budget = 0.02;  // share of requests
        std::vector<std::string> fallback_on;
        RetryAmbiguous retry_ambiguous = RetryAmbiguous::elsewhere;
        UnknownModel unknown_model = UnknownModel::reject;
    } routing;
    struct Fetch {
        std::string images = "auto", documents = "auto";  // auto | always | off
        std::vector<std::string> allow_private;           // CIDR blocks
        std::int64_t max_size = 20'000'000;
        Duration timeout = 30s;
        std::string converter = "markitdown", on_error = "text";
    } fetch;

    std::string valkey_endpoint;  // empty: state stays here
    std::string google_cloud_project;
    std::string google_credentials;  // path of a service-account or authorized-user file
    std::string mode;                // "", azure | google | vertex | openai
    std::string azure_serverless_url = "https://{deployment}.{region}.models.ai.azure.com";
    std::string azure_api_version = "2024-06-01";
    std::vector<std::pair<std::string, std::string>> azure_model_mapper;  // model -> deployment
    std::vector<Deployment> azure_deployments;
    std::string pool_credentials, pool_models;  // paths; empty: no pool
    Secret config_encryption_key;               // of an encrypted credentials file
    struct Proxy {
        std::string https, http, none;  // as curl takes them; may carry a password: do not log
    } proxy;

    std::vector<ClientKey> clients;
    std::vector<Preset> presets;
    std::vector<Provider> providers;  // in the order of the file; `mock` is always among them
};

}  // namespace ogem::config
