#include "base/text.h"
#include "config/parts/settings.h"

#include <algorithm>

namespace ogem::config {

namespace {

// Sets `target` from `found` if it parses; else says so with the name of the variable.
template <class T, class Parse>
bool set_from(Loading& loading, const std::optional<Variables::Found>& found, std::string_view path,
              T& target, const Parse& parse) {
    if (!found) return false;
    auto value = parse(trim(found->value));
    if (!value) {
        loading.complaints.error_outside(value.error().code,
                                         cat(found->origin, ": ", value.error().reason));
        return false;
    }
    target = static_cast<T>(std::move(*value));
    loading.origins[std::string(path)] = found->origin;
    return true;
}

template <class T, class Parse>
bool set(Loading& loading, std::string_view name, std::string_view path, T& target,
         const Parse& parse) {
    return set_from(loading, loading.variables.find(name), path, target, parse);
}

Parsed<Duration> parse_seconds(std::string_view text) {
    const auto seconds = Whole{1, 1'000'000'000}(text);
    if (!seconds) return std::unexpected(seconds.error());
    return std::chrono::seconds(*seconds);
}

Parsed<std::string> parse_level(std::string_view text) {
    const auto level = to_lower(text);
    return words({"error", "warn", "info", "debug"})(level == "warning" ? "warn" : level);
}

Parsed<std::string> parse_format(std::string_view text) {
    return words({"text", "json"})(to_lower(text));
}

// The Router took a value that it did not understand for the default (A28), and so do we: these
// names are in use by other programs too.
template <class T, class Parse>
void set_leniently(Loading& loading, std::string_view name, std::string_view path, T& target,
                   const Parse& parse) {
    const auto found = loading.variables.find(name);
    if (!found) return;
    if (auto value = parse(trim(found->value))) {
        target = std::move(*value);
        loading.origins[std::string(path)] = found->origin;
    } else {
        loading.complaints.warning_outside(
            "W409", cat(found->origin, ": ", value.error().reason, "; it is ignored"));
    }
}

void read_router_variables(Loading& loading) {
    auto& config = loading.config;
    set_leniently(loading, "LOG_LEVEL", "log.level", config.log_level, parse_level);
    set_leniently(loading, "LOG_FORMAT", "log.format", config.log_format, parse_format);
    set_leniently(loading, "READ_TIMEOUT", "read_timeout", config.read_timeout, parse_seconds);
    set_leniently(loading, "IDLE_TIMEOUT", "idle_timeout", config.idle_timeout, parse_seconds);
    // Both bounded the life of a request there; the client's was the one that was kept.
    for (const auto* name : {"WRITE_TIMEOUT", "CLIENT_TIMEOUT"})
        set_leniently(loading, name, "request_timeout", config.request_timeout, parse_seconds);
}

// Contract section 9.9: OGEM_LISTEN beats PORT, either replaces the file's `listen`.
void read_listen_variables(Loading& loading) {
    auto& listen = loading.config.listen;
    const auto list = loading.variables.find("OGEM_LISTEN");
    const auto port = loading.variables.find("PORT");
    const auto router = loading.variables.find("SERVER_ADDR");
    std::vector<std::string> addresses;
    const auto add = [&](const Variables::Found& found, std::string_view text) {
        std::string address;
        if (set_from(loading, Variables::Found{found.name, std::string(text), found.origin},
                     "listen", address, parse_address))
            addresses.push_back(std::move(address));
    };
    std::int64_t number = 0;
    if (port && set_from(loading, port, "listen", number, Whole{0, 65535}) && !list)
        add(*port, cat("127.0.0.1:", number));
    if (list)
        for (const auto piece : split(list->value, ','))
            if (!trim(piece).empty()) add(*list, piece);
    if (!list && !port && router) add(*router, router->value);
    if (!addresses.empty()) listen = std::move(addresses);
    std::string extra;
    if (set(loading, "AZURE_OPENAI_PROXY_ADDRESS", "listen", extra, parse_address) &&
        std::find(listen.begin(), listen.end(), extra) == listen.end())
        listen.push_back(std::move(extra));
}

void read_valkey(Loading& loading) {
    if (const auto found = loading.variables.even_empty("VALKEY_ENDPOINT")) {
        loading.config.valkey_endpoint = found->value;
        loading.origins["valkey_endpoint"] = found->origin;
    }
}

void read_proxies(Loading& loading) {
    auto& proxy = loading.config.proxy;
    const auto take = [&](std::vector<std::string_view> names, std::string& target) {
        if (const auto found = loading.variables.first_of(names)) target = found->value;
    };
    take({"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}, proxy.https);
    take({"http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"}, proxy.http);
    take({"no_proxy", "NO_PROXY"}, proxy.none);
}

}  // namespace

void read_environment(Loading& loading) {
    auto& config = loading.config;
    config.socket = loading.sources.paths.socket;
    config.state_dir = loading.sources.paths.state_dir;
    read_router_variables(loading);
    read_listen_variables(loading);
    read_valkey(loading);
    read_proxies(loading);
    set(loading, "RETRY_INTERVAL", "retry_interval", config.retry_interval, Time{true});
    set(loading, "PING_INTERVAL", "ping_interval", config.ping_interval, Time{true});
    set(loading, "OGEM_SOCKET", "socket", config.socket, parse_text);
    set(loading, "OGEM_STATE_DIR", "state_dir", config.state_dir, parse_text);
    set(loading, "OGEM_ALLOW_ANONYMOUS", "allow_anonymous", config.allow_anonymous, parse_boolean);
    set(loading, "GOOGLE_CLOUD_PROJECT", "google_cloud_project", config.google_cloud_project,
        parse_text);
    set(loading, "GOOGLE_APPLICATION_CREDENTIALS", "google_credentials", config.google_credentials,
        parse_text);
    set(loading, "CONFIG_ENCRYPTION_KEY", "config_encryption_key", config.config_encryption_key,
        [](std::string_view text) -> Parsed<Secret> { return Secret(std::string(text)); });
}

void read_flags(Loading& loading) {
    const auto& flags = loading.sources.flags;
    auto& config = loading.config;
    const auto take = [&](const std::optional<std::string>& value, std::string_view name,
                          std::string_view path, auto& target, const auto& parse) {
        if (value)
            set_from(loading, Variables::Found{"", *value, cat("flag --", name)}, path, target,
                     parse);
    };
    std::vector<std::string> addresses;
    for (const auto& text : flags.listen) {
        if (text == "none") {  // of a daemon that is reached over its socket alone
            config.listen.clear();
            continue;
        }
        std::string address;
        take(text, "listen", "listen", address, parse_address);
        if (!address.empty()) addresses.push_back(std::move(address));
    }
    if (!addresses.empty()) config.listen = std::move(addresses);
    take(flags.socket, "socket", "socket", config.socket, parse_text);
    take(flags.state_dir, "state-dir", "state_dir", config.state_dir, parse_text);
    take(flags.workers, "workers", "workers", config.workers, parse_workers);
    take(flags.log_level, "log-level", "log.level", config.log_level,
         words({"error", "warn", "info", "debug"}));
    take(flags.log_format, "log-format", "log.format", config.log_format, words({"text", "json"}));
}

}  // namespace ogem::config
