#include "api/health.h"

#include "json/writer.h"

#include <ctime>

namespace ogem::api {

namespace {

constexpr std::int64_t kFailuresOfADown = 3;  // one failed request is no news; three in a row are

bool is_mock(const route::Endpoint& endpoint) {
    return endpoint.provider->protocol == config::Protocol::mock;
}

std::string overall(const gateway::Generation& generation) {
    bool others = false, usable = false, troubled = false;
    for (const auto& endpoint : generation.catalog->endpoints()) {
        if (is_mock(endpoint)) continue;  // counts only when it is alone (contract section 9.22)
        others = true;
        const bool fine = state_of(endpoint, *generation.traffic[endpoint.id]) == "ok";
        usable = usable || fine;
        troubled = troubled || !fine;
    }
    if (!others) return "healthy";
    return !usable ? "unhealthy" : troubled ? "degraded" : "healthy";
}

// providers: {name: {region: {status, latency_ms}}}; a region is as well as the best of its models.
void write_providers(json::Writer& out, const gateway::Generation& generation) {
    out.key("providers").begin_object();
    const config::Provider* provider = nullptr;
    const config::Region* region = nullptr;
    for (const auto& endpoint : generation.catalog->endpoints()) {
        if (endpoint.region == region) continue;
        if (endpoint.provider != provider) {
            if (provider) out.end_object();
            out.key(endpoint.provider->name).begin_object();
        }
        provider = endpoint.provider;
        region = endpoint.region;
        const auto& traffic = *generation.traffic[endpoint.id];
        out.key(region->name)
            .begin_object()
            .key("status")
            .value(state_of(endpoint, traffic))
            .key("latency_ms");
        if (const auto us = traffic.first_token_us.load()) {
            out.value(static_cast<double>(us) / 1000);
        } else {
            out.null();
        }
        out.end_object();
    }
    if (provider) out.end_object();
    out.end_object();
}

}  // namespace

std::string_view state_of(const route::Endpoint& endpoint,
                          const gateway::EndpointTraffic& traffic) {
    if (!endpoint.has_key) return "unconfigured";
    return traffic.consecutive_failures.load() >= kFailuresOfADown ? "down" : "ok";
}

std::string rfc3339(std::chrono::system_clock::time_point time) {
    const auto seconds = std::chrono::system_clock::to_time_t(time);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[32];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

Health health_of(const gateway::Generation& generation,
                 std::chrono::system_clock::time_point started_at) {
    const auto now = std::chrono::system_clock::now();
    const auto state = overall(generation);
    const auto up = state == "unhealthy" ? "down" : "up";
    Health health;
    health.status = state == "unhealthy" ? 503 : 200;
    json::Writer out(health.body);
    out.begin_object().key("status").value(state).key("timestamp").value(rfc3339(now));
    out.key("services").begin_object().key("api").value("up").key("credentials").value(up);
    out.key("models").value(up).key("selector").value(up).end_object();
    out.key("details").begin_object().key("version").value(OGEM_VERSION).key("uptime");
    out.value(std::chrono::duration_cast<std::chrono::seconds>(now - started_at).count())
        .end_object();
    write_providers(out, generation);
    out.end_object();
    return health;
}

}  // namespace ogem::api
