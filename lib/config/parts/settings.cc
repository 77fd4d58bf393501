#include "config/parts/settings.h"

#include "base/duration.h"
#include "base/text.h"
#include "config/names.h"

namespace ogem::config {

namespace {

constexpr Time kPositive{};
constexpr Time kZeroAllowed{true};

void read_listen(Loading& loading, Block& top) {
    auto& listen = loading.config.listen;
    const bool has_listen = top.take("listen") != nullptr;
    if (has_listen) top.read_list("listen", listen, parse_address);
    std::int64_t port = 0;
    if (!top.read("port", port, Whole{0, 65535})) return;
    if (has_listen) {
        loading.complaints.error(*top.take("port"), "E311",
                                 "port and listen are both given; keep one of them");
        return;
    }
    listen = {cat("127.0.0.1:", port)};
    loading.came_from("listen", *top.take("port"));
}

void read_limits(Block limits, Config& config) {
    limits.read("max_body", config.max_body, Size{1});
    limits.read("max_header", config.max_header, Size{1024});
    limits.read("max_upload", config.max_upload, Size{1});
    limits.finish();
}

Parsed<bool> parse_bodies(std::string_view text) {
    return Choice<bool>{{{"off", false}, {"full", true}}}(text);
}

void read_log(Block log, Config& config) {
    log.read("level", config.log_level, words({"error", "warn", "info", "debug"}));
    log.read("format", config.log_format, words({"text", "json"}));
    log.read("bodies", config.log_bodies, parse_bodies);
    log.finish();
}

void read_cache(Block block, Config::Cache& cache) {
    block.read("enabled", cache.enabled, parse_boolean);
    block.read("shared", cache.shared, parse_boolean);
    block.read("ttl", cache.ttl, kPositive);
    block.read("max_size", cache.max_size, Size{0});
    block.finish();
}

void read_batch(Block block, Config::Batch& batch) {
    block.read("window", batch.window, kZeroAllowed);
    block.read("max_requests", batch.max_requests, Whole{1});
    block.read("max_size", batch.max_size, Size{1});
    block.read("poll_interval", batch.poll_interval, kPositive);
    block.read("poll_max", batch.poll_max, kPositive);
    block.read("result_ttl", batch.result_ttl, kPositive);
    block.finish();
}

// "p95", or a duration after which a second endpoint is asked.
Parsed<std::string> parse_hedge_after(std::string_view text) {
    if (text.starts_with('p') && Whole{1, 99}(text.substr(1))) return std::string(text);
    const auto duration = kPositive(text);
    if (duration) return std::string(text);
    return std::unexpected(
        Flaw{"E305", cat(shown(text), " is neither a percentile such as p95 nor a duration")});
}

Parsed<std::string> parse_fallback(std::string_view text) {
    return words({"content_filter"})(text);
}

void read_routing(Block block, Config::Routing& routing) {
    block.read("strategy", routing.strategy, strategies());
    block.read("max_attempts", routing.max_attempts, Whole{1, 100});
    auto hedge = block.block("hedge");
    hedge.read("enabled", routing.hedge, parse_boolean);
    hedge.read("after", routing.hedge_after, parse_hedge_after);
    hedge.read("budget", routing.hedge_budget, parse_share);
    hedge.finish();
    block.read_list("fallback_on", routing.fallback_on, parse_fallback);
    block.read("retry_ambiguous", routing.retry_ambiguous, retry_ambiguous_words());
    block.read("unknown_model", routing.unknown_model, unknown_model_words());
    block.finish();
}

void read_fetch(Block block, Config::Fetch& fetch) {
    const auto when = words({"auto", "always", "off"});
    block.read("images", fetch.images, when);
    block.read("documents", fetch.documents, when);
    block.read_list("allow_private", fetch.allow_private, parse_cidr);
    block.read("max_size", fetch.max_size, Size{1});
    block.read("timeout", fetch.timeout, kPositive);
    block.read("converter", fetch.converter, parse_text);
    block.read("on_error", fetch.on_error, words({"text", "fail"}));
    block.finish();
}

void read_pool(Loading& loading, Block& top) {
    const auto* node = top.take("pool");
    if (!node) return;
    auto& config = loading.config;
    config.routing.unknown_model = UnknownModel::any;  // the pool takes any name
    config.pool_credentials = "configs/credentials.json";
    config.pool_models = "configs/models.json";
    auto pool = top.block("pool");
    pool.read("credentials", config.pool_credentials, parse_text);
    pool.read("models", config.pool_models, parse_text);
    pool.finish();
}

// Seed 002 kept keys at the top level; each belongs into a variable now.
void read_legacy_secrets(Loading& loading, Block& top) {
    struct Legacy {
        std::string_view key, provider, variable;
    };
    for (const auto& [key, provider, variable] :
         {Legacy{"api_key", "", "OPEN_GEMINI_API_KEY"},
          Legacy{"openai_api_key", "openai", "OPENAI_API_KEY"},
          Legacy{"claude_api_key", "claude", "CLAUDE_API_KEY"},
          Legacy{"genai_studio_api_key", "studio", "GENAI_STUDIO_API_KEY"}}) {
        const auto* node = top.take(key);
        std::string text;
        if (!node || !top.read(key, text, parse_text)) continue;
        loading.legacy[std::string(provider)] = {Secret(text),
                                                 cat(key, " in ", loading.complaints.file())};
        auto message = cat(key, " holds a secret in the file, which is deprecated; set ", variable,
                           " in the environment and remove the line");
        if (loading.sources.strict) {
            loading.complaints.error(*node, "W301", std::move(message));
        } else {
            loading.complaints.warning(*node, "W301", std::move(message));
        }
    }
}

}  // namespace

void read_settings(Loading& loading, Block& top) {
    auto& config = loading.config;
    read_listen(loading, top);
    top.read("allow_anonymous", config.allow_anonymous, parse_boolean);
    top.read("valkey_endpoint", config.valkey_endpoint,
             [](std::string_view text) -> Parsed<std::string> { return std::string(trim(text)); });
    top.read("google_cloud_project", config.google_cloud_project, parse_text);
    top.read("retry_interval", config.retry_interval, kZeroAllowed);
    top.read("ping_interval", config.ping_interval, kZeroAllowed);
    top.read("request_timeout", config.request_timeout, kPositive);
    top.read("drain_timeout", config.drain_timeout, kZeroAllowed);
    top.read("workers", config.workers, parse_workers);
    top.read("memory_limit", config.memory_limit, Size{1 << 20});
    auto cors = top.block("cors");
    cors.read_list("origins", config.cors_origins);
    cors.finish();
    read_limits(top.block("limits"), config);
    read_log(top.block("log"), config);
    read_cache(top.block("cache"), config.cache);
    read_batch(top.block("batch"), config.batch);
    read_pool(loading, top);
    read_routing(top.block("routing"), config.routing);
    read_fetch(top.block("fetch"), config.fetch);
    top.read("mode", config.mode, words({"azure", "google", "vertex", "openai"}));
    auto azure = top.block("azure");
    azure.read("serverless_url", config.azure_serverless_url, parse_base_url);
    azure.finish();
    read_legacy_secrets(loading, top);
    read_server_key(loading, top);
}

}  // namespace ogem::config
