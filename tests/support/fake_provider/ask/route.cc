#include "ask/route.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace ogem::fake {

namespace {

constexpr auto kNowhere = std::string_view::npos;

struct Named {
    std::string_view name;
    Endpoint endpoint;
    bool stream = false;
};

template <std::size_t N>
const Named* find_named(const std::array<Named, N>& table, std::string_view name) {
    for (const auto& row : table)
        if (row.name == name) return &row;
    return nullptr;
}

constexpr std::array kOpenai = {
    Named{"chat/completions", Endpoint::chat},
    Named{"completions", Endpoint::completions},
    Named{"embeddings", Endpoint::embeddings},
    Named{"models", Endpoint::models},
};

constexpr std::array kGeminiVerbs = {
    Named{"generateContent", Endpoint::chat},
    Named{"streamGenerateContent", Endpoint::chat, true},
    Named{"countTokens", Endpoint::count_tokens},
    Named{"embedContent", Endpoint::embed_one},
    Named{"batchEmbedContents", Endpoint::embed_batch},
    Named{"predict", Endpoint::predict},
};

constexpr std::array kClaudeVerbs = {
    Named{"rawPredict", Endpoint::chat},
    Named{"streamRawPredict", Endpoint::chat, true},
};

// What follows `mark` in `path`, if it is there.
std::optional<std::string_view> after(std::string_view path, std::string_view mark) {
    const auto at = path.find(mark);
    if (at == kNowhere) return {};
    return path.substr(at + mark.size());
}

Endpoint openai_endpoint(std::string_view path) {
    if (const auto* row = find_named(kOpenai, path)) return row->endpoint;
    return path.starts_with("models/") ? Endpoint::model : Endpoint::unknown;
}

// "MODEL:verb"
template <std::size_t N>
void set_verb(Route& route, std::string_view rest, const std::array<Named, N>& verbs) {
    const auto colon = rest.rfind(':');
    if (colon == kNowhere) return;
    route.model = percent_decoded(rest.substr(0, colon));
    const auto* row = find_named(verbs, rest.substr(colon + 1));
    if (!row) return;
    route.endpoint = row->endpoint;
    route.stream = row->stream;
}

Route azure_route(std::string_view path, std::string_view target) {
    Route route{Dialect::azure};
    if (const auto rest = after(path, "/openai/deployments/")) {
        const auto slash = std::min(rest->find('/'), rest->size());
        route.model = percent_decoded(rest->substr(0, slash));
        if (slash < rest->size()) route.endpoint = openai_endpoint(rest->substr(slash + 1));
        if (route.endpoint == Endpoint::model) route.endpoint = Endpoint::unknown;
        route.version = query_value(target, "api-version");
    } else if (const auto newer = after(path, "/openai/v1/")) {
        route.endpoint = openai_endpoint(*newer);
        route.version = "v1";
    } else {
        route.endpoint = openai_endpoint(after(path, "/openai/").value_or(""));
        route.version = query_value(target, "api-version");
    }
    return route;
}

// projects/P/locations/L/(publishers/X/models/M | endpoints/ID):verb
Route vertex_route(std::string_view path, std::string_view target) {
    Route route{Dialect::vertex};
    const auto version_end = path.find("/projects/");
    const auto before = path.substr(0, version_end);
    route.version = before.substr(before.rfind('/') + 1);
    const auto parts = split(path.substr(version_end + 1), '/');
    if (parts.size() < 6 || parts[2] != "locations") return route;
    route.project = parts[1];
    route.location = parts[3];
    if (const auto model = after(path, "/publishers/anthropic/models/")) {
        route.dialect = Dialect::vclaude;
        set_verb(route, *model, kClaudeVerbs);
        if (route.model == "count-tokens") {
            route.endpoint = Endpoint::count_tokens;
            route.model.clear();
        }
    } else if (const auto google = after(path, "/publishers/google/models/")) {
        set_verb(route, *google, kGeminiVerbs);
    } else if (const auto tuned = after(path, "/endpoints/")) {
        set_verb(route, *tuned, kGeminiVerbs);
    }
    if (route.dialect == Dialect::vertex && route.endpoint == Endpoint::embed_batch)
        route.endpoint = Endpoint::unknown;
    route.sse = route.dialect == Dialect::vclaude || query_value(target, "alt") == "sse";
    return route;
}

Route studio_route(std::string_view rest, std::string_view version, std::string_view target) {
    Route route{Dialect::studio};
    route.version = version;
    set_verb(route, rest, kGeminiVerbs);
    if (route.endpoint == Endpoint::predict) route.endpoint = Endpoint::unknown;
    if (rest.find(':') == kNowhere) {
        route.endpoint = rest.empty() ? Endpoint::models : Endpoint::model;
        route.model = percent_decoded(rest);
    }
    route.sse = query_value(target, "alt") == "sse";
    return route;
}

Route openai_route(std::string_view path) {
    Route route{};
    const auto rest = after(path, "/v1/");
    if (rest) route.endpoint = openai_endpoint(*rest);
    if (route.endpoint == Endpoint::model) route.model = rest->substr(7);
    return route;
}

// The endpoint `machine` answers with `model`.
Route metadata_route(std::string_view path) {
    if (path.ends_with("/token")) return {Dialect::metadata, Endpoint::token};
    Route route{Dialect::metadata, Endpoint::machine};
    route.model = path.ends_with("project-id") ? "a-fake-project" : "someone@a-fake-project.iam";
    return route;
}

// The lists of models: three dialects share /v1/models, and headers tell them apart.
std::optional<Route> listing(const Request& request, std::string_view path) {
    if (request.method() != "GET") return {};
    const bool anthropic = !request.header("anthropic-version").empty();
    const bool google = !request.header("x-goog-api-key").empty();
    const auto rest = after(path, "/v1/models");
    if (!rest || (!anthropic && !google)) return {};
    const auto name = rest->starts_with('/') ? rest->substr(1) : std::string_view{};
    if (google) return studio_route(name, "v1", request.target());
    Route route{Dialect::anthropic, name.empty() ? Endpoint::models : Endpoint::model};
    route.model = percent_decoded(name);
    return route;
}

std::optional<Route> studio(std::string_view path, std::string_view target) {
    constexpr std::pair<std::string_view, std::string_view> kVersions[] = {{"/v1beta/", "v1beta"},
                                                                           {"/v1/", "v1"}};
    for (const auto& [mark, version] : kVersions) {
        const auto rest = after(path, mark);
        if (!rest) continue;
        if (version == "v1beta" && *rest == "models") return studio_route("", version, target);
        const bool mine = version == "v1beta" || rest->find(':') != kNowhere;
        for (const std::string_view kind : {"models/", "tunedModels/"})
            if (mine && rest->starts_with(kind))
                return studio_route(rest->substr(kind.size()), version, target);
    }
    return {};
}

}  // namespace

std::string percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned value = 0;
        const bool coded =
            text[i] == '%' && i + 2 < text.size() &&
            std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16).ptr ==
                text.data() + i + 3;
        out += coded ? static_cast<char>(value) : text[i];
        if (coded) i += 2;
    }
    return out;
}

std::string query_value(std::string_view target, std::string_view name) {
    const auto query = target.find('?');
    if (query == kNowhere) return {};
    for (const auto pair : split(target.substr(query + 1), '&'))
        if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
            return percent_decoded(pair.substr(name.size() + 1));
    return {};
}

Route route_of(const Request& request) {
    const auto target = request.target();
    const auto path = target.substr(0, target.find('?'));
    if (path.ends_with("/v1/chat/completions") && path.find("/openai/v1/") == kNowhere)
        return {Dialect::openai, Endpoint::chat};
    if (path.ends_with("/v1/messages")) return {Dialect::anthropic, Endpoint::chat};
    if (path.ends_with("/v1/messages/count_tokens"))
        return {Dialect::anthropic, Endpoint::count_tokens};
    if (path.find("/openai/") != kNowhere && path.find("/v1beta/openai/") == kNowhere)
        return azure_route(path, target);
    if (path.find("/projects/") != kNowhere) return vertex_route(path, target);
    if (path.ends_with("/token") && request.method() == "POST")
        return {Dialect::oauth, Endpoint::token};
    const bool knocks = path == "/" && !request.header("metadata-flavor").empty();
    if (knocks || path.find("/computeMetadata/") != kNowhere) return metadata_route(path);
    if (auto route = listing(request, path)) return *route;
    if (auto route = studio(path, target)) return *route;
    return openai_route(path);
}

}  // namespace ogem::fake
