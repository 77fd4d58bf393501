// Catalog::resolve: from what a client typed to the endpoints that could serve it.

#include "base/text.h"
#include "route/catalog.h"

#include <algorithm>
#include <charconv>

namespace ogem::route {

namespace {

constexpr std::string_view kLegacyBatchSuffix = "-batch";
constexpr std::size_t kShownBytes = 100;  // of a name in a message; clients send anything

std::string shown(std::string_view name) {
    return cat('"', name.substr(0, kShownBytes), name.size() > kShownBytes ? "..." : "", '"');
}

bool has_empty_segment(std::string_view name) {
    const auto segments = split(name, '/');
    return std::any_of(segments.begin(), segments.end(),
                       [](auto segment) { return segment.empty(); });
}

// "error-503" and the like, which a mock provider answers with that status.
bool is_mock_error(std::string_view name) {
    constexpr std::string_view kPrefix = "error-";
    if (!name.starts_with(kPrefix) || name.size() != kPrefix.size() + 3) return false;
    int status = 0;
    const char* end = name.data() + name.size();
    const auto [stop, error] = std::from_chars(name.data() + kPrefix.size(), end, status);
    return error == std::errc() && stop == end && status >= 400 && status <= 599;
}

const config::Region* region_of(const config::Provider& provider, std::string_view name) {
    for (const auto& region : provider.regions)
        if (region.name == name && name != "default") return &region;
    return nullptr;
}

bool can_batch(const Endpoint* endpoint) {
    return endpoint->provider->batch != config::BatchMode::off;
}

// Where the operator has to put the key. A file or command is named by its setting only: its text
// is none of the client's business.
std::string_view place_of(const config::Credential& credential) {
    if (credential.source.starts_with("file:")) return "its api_key_file";
    if (credential.source.starts_with("cmd:")) return "its api_key_cmd";
    return credential.source;
}

Error without_key(std::string_view typed, const std::vector<const Endpoint*>& endpoints) {
    std::vector<std::string> advice;
    for (const auto* endpoint : endpoints) {
        if (!endpoint->credential) continue;
        auto line = cat("set ", place_of(*endpoint->credential), " for provider ",
                        endpoint->provider->name);
        if (std::find(advice.begin(), advice.end(), line) == advice.end()) advice.push_back(line);
    }
    return Error{Kind::unavailable,
                 cat(shown(typed), " is configured, but has no key: ", join(advice, " or ")),
                 0,
                 {}};
}

Error without_batch(std::string_view typed, const std::vector<const Endpoint*>& endpoints) {
    return Error{Kind::invalid,
                 cat(shown(typed), " cannot be asked in a batch: provider ",
                     endpoints.front()->provider->name, " has no batch (`batch: off`)"),
                 0,
                 {}};
}

}  // namespace

const Catalog::Listed* Catalog::listed(std::string_view name) const {
    const auto at = by_name_.find(name);
    return at == by_name_.end() ? nullptr : &listed_[at->second];
}

const config::Provider* Catalog::provider(std::string_view name) const {
    for (const auto& provider : config_->providers)
        if (provider.name == name) return &provider;
    // The names people know Google's API by, unless a provider of that name exists.
    return name == "gemini" || name == "google" ? provider("studio") : nullptr;
}

// Behaviour.md 4.1, steps 2 and 3.
Result<Catalog::Target> Catalog::target_of(std::string_view name) const {
    if (listed(name)) return Target{nullptr, nullptr, name};
    if (name.empty() || has_empty_segment(name))
        return fail(Kind::invalid,
                    cat(shown(name),
                        " is not a model name: something is missing "
                        "beside a slash; write provider/model or provider/region/model"));
    const auto slash = name.find('/');
    const auto* owner = slash == std::string_view::npos ? nullptr : provider(name.substr(0, slash));
    if (!owner) return Target{nullptr, nullptr, name};
    const auto rest = name.substr(slash + 1);
    const auto second = rest.find('/');
    const auto* region =
        second == std::string_view::npos ? nullptr : region_of(*owner, rest.substr(0, second));
    return Target{owner, region, region ? rest.substr(second + 1) : rest};
}

Catalog::Candidates Catalog::endpoints_of(const Target& target) const {
    const auto fits = [&](const Endpoint& endpoint) {
        return (!target.provider || endpoint.provider == target.provider) &&
               (!target.region || endpoint.region == target.region);
    };
    Candidates found;
    if (const auto* entry = listed(target.name)) {
        for (const auto* endpoint : entry->endpoints)
            if (fits(*endpoint)) found.push_back(endpoint);
    }
    if (found.empty() && target.provider && is_mock_error(target.name)) {
        for (const auto& endpoint : endpoints_)
            if (endpoint.hidden && fits(endpoint)) found.push_back(&endpoint);
    }
    return found;
}

// A model configured as "gpt-4@batch" brings limits of its own and goes before plain "gpt-4" (E3).
Catalog::Candidates Catalog::batch_endpoints_of(const Target& target) const {
    const auto own_name = cat(target.name, kBatchSuffix);
    auto own = endpoints_of({target.provider, target.region, own_name});
    return own.empty() ? endpoints_of(target) : own;
}

Error Catalog::unknown(std::string_view name, const Target& target) const {
    auto message = target.provider ? cat("provider ", target.provider->name, " has no model ",
                                         shown(target.name))
                                   : cat("no model ", shown(name), " is configured");
    const auto near = nearest(name);
    if (!near.empty()) append(message, "; did you mean ", join(near, ", "), "?");
    append(message, near.empty() ? "; " : " ", "GET /v1/models lists what there is");
    return Error{Kind::not_found, std::move(message), 0, {}};
}

// "gpt-4-batch", the older spelling, means gpt-4@batch where no model has that name and a batch can
// be had.
void Catalog::try_legacy_batch(Match& match) const {
    if (match.batch || !match.target.name.ends_with(kLegacyBatchSuffix)) return;
    auto older = match.target;
    older.name.remove_suffix(kLegacyBatchSuffix.size());
    auto found = batch_endpoints_of(older);
    if (std::any_of(found.begin(), found.end(), can_batch)) match = {older, true, std::move(found)};
}

Result<Catalog::Match> Catalog::match(std::string_view typed) const {
    const auto [name, batch] = cut_batch_suffix(typed);
    const auto target = target_of(name);
    if (!target) return fail(target.error());
    Match match{*target, batch, batch ? batch_endpoints_of(*target) : endpoints_of(*target)};
    if (match.endpoints.empty()) try_legacy_batch(match);
    if (match.endpoints.empty()) return fail(unknown(name, *target));
    return match;
}

Result<ChainElement> Catalog::element_of(std::string_view typed) const {
    auto match = this->match(typed);
    if (!match) return fail_as(match);
    if (match->batch) {
        auto able = match->endpoints;
        std::erase_if(able, [](const auto* endpoint) { return !can_batch(endpoint); });
        if (able.empty()) return fail(without_batch(typed, match->endpoints));
        match->endpoints = std::move(able);
    }
    ChainElement element{std::string(typed), std::string(match->target.name), match->batch, {}};
    for (const auto* endpoint : match->endpoints)
        if (endpoint->has_key) element.candidates.push_back(endpoint);
    if (element.candidates.empty()) return fail(without_key(typed, match->endpoints));
    return element;
}

Result<Chain> Catalog::resolve(std::string_view typed) const {
    auto elements = split_chain(typed);
    if (!elements) return fail_as(elements);
    Chain chain;
    Error missing;
    for (const auto one : *elements) {
        auto element = element_of(one);
        if (element) {
            chain.push_back(std::move(*element));
        } else if (element.error().kind != Kind::unavailable) {
            return fail_as(element);
        } else if (missing.message.empty()) {
            missing = std::move(element.error());
        }
    }
    if (chain.empty()) return fail(std::move(missing));
    return chain;
}

}  // namespace ogem::route
