#include "api/api.h"

#include "api/compress.h"
#include "api/cors.h"
#include "api/error.h"
#include "api/health.h"
#include "api/loopback.h"
#include "api/models.h"
#include "api/openai_sink.h"
#include "api/request_id.h"
#include "api/status.h"
#include "base/text.h"
#include "gateway/discover.h"
#include "net/loop.h"
#include "net/wait.h"
#include "wire/url.h"

#include <unistd.h>

#include <cassert>
#include <span>

namespace ogem::api {

enum class Place : unsigned char {
    health,
    healthz,
    models,
    model,
    chat,
    completion,
    embedding,
    status,
    endpoints,
    config,
    reload,
    stop,
};

struct Route {
    std::string_view method, path;  // a path that ends in "/" stands for everything below it
    Place place;
};

namespace {

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kPlainFields =
    "X-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\nReferrer-Policy: no-referrer\r\n"
    "Cache-Control: no-store\r\nServer: ogemd\r\n";
static_assert(kPlainFields.ends_with(": ogemd\r\n") && gateway::kServerName == "ogemd");
constexpr std::string_view kControlFields = "Ogem-Version: " OGEM_VERSION "\r\nOgem-Api: 1\r\n";

constexpr Route kPublic[] = {
    {"POST", "/v1/chat/completions", Place::chat}, {"POST", "/v1/completions", Place::completion},
    {"POST", "/v1/embeddings", Place::embedding},  {"GET", "/v1/models", Place::models},
    {"GET", "/v1/models/", Place::model},          {"GET", "/health", Place::health},
    {"GET", "/healthz", Place::healthz},
};

// On the Unix socket only (contract section 7).
constexpr Route kControl[] = {
    {"GET", "/ogem/v1/status", Place::status}, {"GET", "/ogem/v1/endpoints", Place::endpoints},
    {"GET", "/ogem/v1/config", Place::config}, {"POST", "/ogem/v1/reload", Place::reload},
    {"POST", "/ogem/v1/stop", Place::stop},
};

gateway::Operation operation_at(Place place) {
    if (place == Place::completion) return gateway::Operation::completion;
    if (place == Place::embedding) return gateway::Operation::embedding;
    return gateway::Operation::chat;
}

// Peer credentials: the user the daemon runs as, and root (contract section 1).
bool is_welcome(std::uint32_t uid) {
    return uid == 0 || uid == ::geteuid();
}

bool fits(const Route& route, std::string_view path) {
    if (route.path.back() == '/')
        return path.size() > route.path.size() && path.starts_with(route.path);
    return path == route.path;
}

struct Found {
    const Route* route = nullptr;
    std::string allowed;  // methods the path has, where the method was not one of them
};

void look_in(std::span<const Route> routes, std::string_view method, std::string_view path,
             Found& found) {
    if (method == "HEAD") method = "GET";
    for (const auto& route : routes) {
        if (found.route || !fits(route, path)) continue;
        if (route.method == method) {
            found.route = &route;
        } else {
            found.allowed =
                cat(route.method, route.method == "GET" ? ", HEAD, OPTIONS" : ", OPTIONS");
        }
    }
}

std::string_view path_of(std::string_view target) {
    return target.substr(0, target.find('?'));
}

void append_lines(std::string& out, const wire::Headers& headers) {
    for (const auto& [name, value] : headers) append(out, name, ": ", value, "\r\n");
}

void reply(net::Connection& connection, int status, std::string_view common, std::string_view body,
           std::string_view more = {}) {
    auto fields = cat("Content-Type: ", kJson, "\r\n", kPlainFields, common, more);
    std::string room;
    const auto sent = compressed(body, connection.request().headers, fields, room);
    connection.reply(status, fields, sent);
}

void refuse(net::Connection& connection, const Error& error, std::string_view common) {
    const auto answer = error_reply(error);
    reply(connection, answer.status, common, answer.body, answer.fields);
}

void refuse(net::Connection& connection, int status, std::string_view type, std::string_view code,
            std::string message, std::string_view common, std::string_view more = {}) {
    reply(connection, status, common, error_body(type, code, message), more);
}

// The route of a request; null: the caller has been told that there is none.
const Route* find_route(net::Connection& connection, std::string_view common) {
    const auto& request = connection.request();
    const auto path = path_of(request.target);
    Found found;
    look_in(kPublic, request.method, path, found);
    if (connection.peer().unix_socket) look_in(kControl, request.method, path, found);
    if (!found.route && !found.allowed.empty()) {
        refuse(connection, 405, "invalid_request_error", "method_not_allowed",
               cat(path, " does not take ", request.method, "; it takes ", found.allowed), common,
               cat("Allow: ", found.allowed, "\r\n"));
    } else if (!found.route) {
        refuse(connection, 404, "not_found_error", "", cat("there is nothing at ", path), common);
    }
    return found.route;
}

}  // namespace

void Api::use(std::shared_ptr<const gateway::Generation> generation) {
    const auto& config = *generation->config;
    rules_.server_key = &config.server_key;
    rules_.cors_origins = config.cors_origins;
    rules_.bound_hosts.clear();
    rules_.loopback_only = true;
    for (const auto& address : daemon_.listen) {
        rules_.bound_hosts.emplace_back(host_of(address));
        rules_.loopback_only =
            rules_.loopback_only && is_loopback_address(rules_.bound_hosts.back());
    }
    gateway_.use(std::move(generation));
}

// Only what waits for others becomes a Task of its own: a frame less for each request and stream.
Task<> Api::answer(net::Connection& connection) {
    const auto& request = connection.request();
    auto id = request_id_of(request.headers);
    std::string common = cat("x-request-id: ", id, "\r\n");
    append_lines(common, cors_headers(rules_, request.headers));
    if (!may_ask(connection, common)) return {};
    if (request.method == "OPTIONS") {
        std::string fields;
        append_lines(fields, preflight_headers(rules_, request.headers));
        connection.reply(200, fields, {});
        return {};
    }
    const auto* const route = find_route(connection, common);
    if (!route) return {};
    switch (route->place) {
        case Place::chat:
        case Place::completion:
        case Place::embedding:
            return ask_gateway(connection, operation_at(route->place), std::move(common),
                               std::move(id));
        case Place::reload:
            return reload(connection, common + std::string(kControlFields));
        default:
            answer_now(connection, *route, common);
            return {};
    }
}

// False: the caller has been told why not.
bool Api::may_ask(net::Connection& connection, std::string_view common) {
    const auto& request = connection.request();
    const Caller caller{connection.peer().unix_socket};
    if (caller.unix_socket && !is_welcome(connection.peer().uid)) {
        refuse(connection, 403, "permission_error", "",
               "this socket is for the user who runs ogemd and for root", common);
        return false;
    }
    const auto allowed =
        check_access(rules_, caller, request.method, request.target, request.headers);
    if (!allowed) refuse(connection, allowed.error(), common);
    return allowed.has_value();
}

// What answers at once.
void Api::answer_now(net::Connection& connection, const Route& route, std::string common) {
    const auto& generation = *gateway_.generation();
    const bool on_unix = connection.peer().unix_socket;
    if (route.place >= Place::status) common += kControlFields;
    switch (route.place) {
        case Place::models:
            return reply(connection, 200, common, models_json(*generation.catalog, on_unix));
        case Place::model: {
            const auto path = path_of(connection.request().target);
            const auto wanted = wire::percent_decoded(path.substr(route.path.size()));
            const auto model = model_json(*generation.catalog, wanted, on_unix);
            return model ? reply(connection, 200, common, *model)
                         : refuse(connection, model.error(), common);
        }
        case Place::health: {
            const auto health = health_of(generation, daemon_.started_at);
            return reply(connection, health.status, common, health.body);
        }
        case Place::healthz:
            return reply(connection, 200, common, R"({"status":"healthy"})");
        case Place::status:
            return reply(connection, 200, common, status_json(generation, daemon_));
        case Place::endpoints:
            return reply(connection, 200, common, endpoints_json(generation));
        case Place::config:
            return reply(connection, 200, common, daemon_.effective_config(true));
        case Place::stop:
            reply(connection, 200, common, R"({"ok":true})");
            return daemon_.stop();
        default:
            assert(false);  // the others wait
    }
}

Task<> Api::ask_gateway(net::Connection& connection, gateway::Operation operation,
                        std::string common, std::string id) {
    const auto& request = connection.request();
    gateway::Incoming incoming;
    incoming.operation = operation;
    incoming.request_id = std::move(id);
    incoming.headers = &request.headers;
    incoming.body = request.body;
    incoming.arrived = loop_.now();
    OpenAiSink sink(connection, std::move(common));
    auto task = gateway_.answer(std::move(incoming), sink);
    co_await task;
}

// The new configuration is read on another thread; this request waits for its verdict.
Task<> Api::reload(net::Connection& connection, std::string common) {
    struct Verdict {
        net::Signal arrived;
        bool ok = false;
        std::string diagnostics;
    };
    const auto verdict = std::make_shared<Verdict>();
    daemon_.reload(loop_, [verdict](bool ok, std::string diagnostics) {
        verdict->ok = ok;
        verdict->diagnostics = std::move(diagnostics);
        verdict->arrived.raise();
    });
    co_await verdict->arrived.wait();
    reply(connection, verdict->ok ? 200 : 422, common, verdict->diagnostics);
}

}  // namespace ogem::api
