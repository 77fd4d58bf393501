#include "base/duration.h"
#include "base/size.h"
#include "base/text.h"
#include "config/load.h"
#include "json/writer.h"

namespace ogem::config {

namespace {

// A path, unless somebody put the key itself where its path belongs.
std::string path_or_secret(const std::string& path) {
    return path.find('{') == std::string::npos ? path : "(a key instead of a path, not shown)";
}

// Writes the configuration under the paths that origins use.
class Sheet {
public:
    Sheet(std::string& out, const Loaded& loaded, bool with_origins)
        : w_(out), origins_(loaded.origins), with_origins_(with_origins) {}

    void open(std::string_view name = "") {
        enter(name);
        w_.begin_object();
    }
    void close() {
        w_.end_object();
        leave();
    }

    template <class T>
    void value(std::string_view name, const T& plain) {
        leaf(name, [&] { w_.value(plain); });
    }
    void time(std::string_view name, Duration d) { value(name, duration_text(d)); }
    void size(std::string_view name, std::int64_t bytes) { value(name, size_text(bytes)); }
    void secret(std::string_view name, const Secret& key) {
        leaf(name, [&] { key.empty() ? w_.null() : w_.value(key.masked()); });
    }
    void list(std::string_view name, const std::vector<std::string>& items) {
        leaf(name, [&] {
            w_.begin_array();
            for (const auto& item : items) w_.value(item);
            w_.end_array();
        });
    }
    template <class Pairs>
    void pairs(std::string_view name, const Pairs& pairs) {
        leaf(name, [&] {
            w_.begin_object();
            for (const auto& [key, text] : pairs) w_.key(key).value(text);
            w_.end_object();
        });
    }
    template <class Items, class Show>
    void array(std::string_view name, const Items& items, const Show& show) {
        enter(name);
        w_.begin_array();
        for (const auto& item : items) {
            path_.push_back(item.name);
            w_.begin_object();
            show(item);
            w_.end_object();
            path_.pop_back();
        }
        w_.end_array();
        leave();
    }
    json::Writer& writer() { return w_; }

private:
    void enter(std::string_view name) {
        if (name.empty()) return;
        w_.key(name);
        path_.emplace_back(name);
    }
    void leave() {
        if (!path_.empty()) path_.pop_back();
    }
    template <class Write>
    void leaf(std::string_view name, const Write& write) {
        w_.key(name);
        if (!with_origins_) return write();
        w_.begin_object().key("value");
        write();
        w_.key("origin").value(origin_of(name)).end_object();
    }

    // A model that a region has from its template is known under the template's path.
    std::string origin_of(std::string_view name) const {
        auto path = path_;
        path.emplace_back(name);
        auto at = origins_.find(join(path, "."));
        if (at == origins_.end() && path.size() > 5 && path[2] == "regions") {
            path[3] = "default";
            at = origins_.find(join(path, "."));
        }
        return at == origins_.end() ? "default" : at->second;
    }

    json::Writer w_;
    const std::map<std::string, std::string>& origins_;
    const bool with_origins_;
    std::vector<std::string> path_;
};

// An address of a proxy without the user and password that it may hold.
std::string without_user(const std::string& url) {
    const auto start = url.find("//");
    const auto at = url.rfind('@');
    if (at == std::string::npos) return url;
    const auto host = start == std::string::npos ? 0 : start + 2;
    return cat(url.substr(0, host), "***", url.substr(at));
}

void show_process(Sheet& s, const Config& c) {
    s.list("listen", c.listen);
    s.value("socket", c.socket);
    s.value("state_dir", c.state_dir);
    s.value("workers", c.workers);
    s.secret("server_key", c.server_key);
    s.value("allow_anonymous", c.allow_anonymous);
    s.time("retry_interval", c.retry_interval);
    s.time("ping_interval", c.ping_interval);
    s.time("request_timeout", c.request_timeout);
    s.time("drain_timeout", c.drain_timeout);
    s.time("read_timeout", c.read_timeout);
    s.time("idle_timeout", c.idle_timeout);
    s.size("memory_limit", c.memory_limit);
    s.open("cors");
    s.list("origins", c.cors_origins);
    s.close();
    s.open("limits");
    s.size("max_body", c.max_body);
    s.size("max_header", c.max_header);
    s.size("max_upload", c.max_upload);
    s.close();
    s.open("log");
    s.value("level", c.log_level);
    s.value("format", c.log_format);
    s.value("bodies", c.log_bodies ? "full" : "off");
    s.close();
}

void show_work(Sheet& s, const Config& c) {
    s.open("cache");
    s.value("enabled", c.cache.enabled);
    s.value("shared", c.cache.shared);
    s.time("ttl", c.cache.ttl);
    s.size("max_size", c.cache.max_size);
    s.close();
    s.open("batch");
    s.time("window", c.batch.window);
    s.value("max_requests", c.batch.max_requests);
    s.size("max_size", c.batch.max_size);
    s.time("poll_interval", c.batch.poll_interval);
    s.time("poll_max", c.batch.poll_max);
    s.time("result_ttl", c.batch.result_ttl);
    s.close();
    s.open("routing");
    s.value("strategy", name_of(c.routing.strategy));
    s.value("max_attempts", c.routing.max_attempts);
    s.open("hedge");
    s.value("enabled", c.routing.hedge);
    s.value("after", c.routing.hedge_after);
    s.value("budget", c.routing.hedge_budget);
    s.close();
    s.list("fallback_on", c.routing.fallback_on);
    s.value("retry_ambiguous", name_of(c.routing.retry_ambiguous));
    s.value("unknown_model", name_of(c.routing.unknown_model));
    s.close();
    s.open("fetch");
    s.value("images", c.fetch.images);
    s.value("documents", c.fetch.documents);
    s.list("allow_private", c.fetch.allow_private);
    s.size("max_size", c.fetch.max_size);
    s.time("timeout", c.fetch.timeout);
    s.value("converter", c.fetch.converter);
    s.value("on_error", c.fetch.on_error);
    s.close();
}

void show_surroundings(Sheet& s, const Config& c) {
    s.value("valkey_endpoint", c.valkey_endpoint);
    s.value("google_cloud_project", c.google_cloud_project);
    s.value("google_credentials", path_or_secret(c.google_credentials));
    s.value("mode", c.mode);
    s.open("azure");
    s.value("serverless_url", c.azure_serverless_url);
    s.value("api_version", c.azure_api_version);
    s.pairs("model_mapper", c.azure_model_mapper);
    s.close();
    s.open("pool");
    s.value("credentials", c.pool_credentials);
    s.value("models", c.pool_models);
    s.close();
    s.open("proxy");
    s.value("https", without_user(c.proxy.https));
    s.value("http", without_user(c.proxy.http));
    s.value("none", c.proxy.none);
    s.close();
}

void show_model(Sheet& s, const Model& model) {
    s.value("name", model.name);
    s.list("other_names", model.other_names);
    s.value("rate_key", model.rate_key);
    s.value("rpm", model.rpm);
    s.value("tpm", model.tpm);
    s.value("weight", model.weight);
    if (model.max_output_tokens > 0) s.value("max_output_tokens", model.max_output_tokens);
    if (!model.capabilities.empty()) s.pairs("capabilities", model.capabilities);
    if (!model.deployment.empty()) s.value("deployment", model.deployment);
    if (!model.price) return;
    s.open("price");
    s.value("input", model.price->input);
    s.value("output", model.price->output);
    s.value("cached_input", model.price->cached_input);
    s.close();
}

void show_credentials(Sheet& s, const Provider& provider) {
    auto& w = s.writer();
    w.key("credentials").begin_array();
    for (const auto& credential : provider.credentials) {
        w.begin_object().key("source").value(credential.source).key("key");
        credential.key.empty() ? w.null() : w.value(credential.key.masked());
        w.end_object();
    }
    w.end_array();
}

void show_provider(Sheet& s, const Provider& provider) {
    s.value("name", provider.name);
    s.value("protocol", name_of(provider.protocol));
    s.value("base_url", provider.base_url);
    show_credentials(s, provider);
    s.pairs("headers", provider.headers);
    s.open("timeout");
    s.time("connect", provider.timeout.connect);
    s.time("first_byte", provider.timeout.first_byte);
    s.time("idle", provider.timeout.idle);
    s.time("keepalive", provider.timeout.keepalive);
    s.close();
    s.value("on_client_gone", name_of(provider.on_client_gone));
    s.value("batch", name_of(provider.batch));
    s.value("discover", provider.discover);
    if (!provider.safety_settings.empty()) s.pairs("safety_settings", provider.safety_settings);
    s.array("regions", provider.regions, [&](const Region& region) {
        s.value("name", region.name);
        s.value("base_url", region.base_url);
        s.array("models", region.models, [&](const Model& model) { show_model(s, model); });
    });
}

void show_client(Sheet& s, const ClientKey& client) {
    s.value("name", client.name);
    s.list("models", client.models);
    s.value("rpm", client.rpm);
    s.value("tpm", client.tpm);
    s.value("max_concurrent", client.max_concurrent);
    if (client.budget_per_day) s.value("budget_per_day", *client.budget_per_day);
}

void show_preset(Sheet& s, const Preset& preset) {
    s.value("name", preset.name);
    s.value("model", preset.model);
    s.value("system", preset.system);
    s.pairs("options", preset.options);
}

}  // namespace

std::string to_json(const Loaded& loaded, bool with_origins) {
    std::string out;
    Sheet s(out, loaded, with_origins);
    const auto& c = loaded.config;
    s.writer().begin_object().key("source").value(c.source);
    show_process(s, c);
    show_work(s, c);
    show_surroundings(s, c);
    s.array("clients", c.clients, [&](const ClientKey& client) { show_client(s, client); });
    s.array("presets", c.presets, [&](const Preset& preset) { show_preset(s, preset); });
    s.array("providers", c.providers, [&](const Provider& p) { show_provider(s, p); });
    s.writer().end_object();
    return out;
}

}  // namespace ogem::config
