#include "api/status.h"

#include "api/health.h"
#include "json/writer.h"

#include <unistd.h>

namespace ogem::api {

namespace {

std::int64_t unix_seconds(std::chrono::system_clock::time_point time) {
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

void write_limit(json::Writer& out, std::string_view name, std::int64_t limit) {
    out.key(name).begin_object().key("used").null().key("limit").value(limit).end_object();
}

void write_endpoint(json::Writer& out, const route::Endpoint& endpoint,
                    const gateway::EndpointTraffic& traffic) {
    const auto requests = traffic.requests.load(), failures = traffic.failures.load();
    out.begin_object()
        .key("route")
        .value(endpoint.route())
        .key("provider")
        .value(endpoint.provider->name);
    out.key("region").value(endpoint.region->name).key("model").value(endpoint.model->name);
    out.key("state").value(state_of(endpoint, traffic)).key("ttft_ms");
    if (const auto us = traffic.first_token_us.load()) {
        out.value(static_cast<double>(us) / 1000);
    } else {
        out.null();
    }
    write_limit(out, "rpm", endpoint.model->rpm);
    write_limit(out, "tpm", endpoint.model->tpm);
    out.key("in_flight").value(traffic.in_flight.load()).key("requests").value(requests);
    out.key("failures").value(failures);
    out.key("prompt_tokens").value(traffic.prompt_tokens.load());
    out.key("completion_tokens").value(traffic.completion_tokens.load());
    out.end_object();
}

void write_endpoints(json::Writer& out, const gateway::Generation& generation) {
    out.begin_array();
    for (const auto& endpoint : generation.catalog->endpoints())
        if (!endpoint.hidden) write_endpoint(out, endpoint, *generation.traffic[endpoint.id]);
    out.end_array();
}

}  // namespace

std::string endpoints_json(const gateway::Generation& generation) {
    std::string text;
    json::Writer out(text);
    write_endpoints(out.begin_object().key("endpoints"), generation);
    out.end_object();
    return text;
}

std::string status_json(const gateway::Generation& generation, const Daemon& daemon) {
    const auto now = std::chrono::system_clock::now();
    std::string text;
    json::Writer out(text);
    out.begin_object().key("version").value(OGEM_VERSION).key("pid").value(getpid());
    out.key("started_at").value(unix_seconds(daemon.started_at));
    out.key("uptime_s").value(unix_seconds(now) - unix_seconds(daemon.started_at));
    out.key("listen").begin_array();
    for (const auto& address : daemon.listen) out.value(address);
    out.end_array()
        .key("socket")
        .value(daemon.socket)
        .key("workers")
        .value(generation.config->workers);
    out.key("config").begin_object().key("source").value(generation.config->source);
    out.key("loaded_at")
        .value(unix_seconds(generation.loaded_at))
        .key("ok")
        .value(daemon.last_reload_ok.load());
    out.end_object();
    write_endpoints(out.key("endpoints"), generation);
    out.end_object();
    return text;
}

}  // namespace ogem::api
