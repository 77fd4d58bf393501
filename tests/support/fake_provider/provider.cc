#include "provider.h"

#include "base/text.h"
#include "json/value.h"
#include "openai/voice.h"
#include "speech.h"

#include <algorithm>

namespace ogem::fake {

namespace {

constexpr std::size_t kMaxPlans = 1024;
constexpr std::size_t kMaxPlanBytes = 64 << 10;  // longer plans are made anew each time
constexpr std::string_view kNotFound = "no such path";

PlanPtr shared(Plan plan) {
    return std::make_shared<const Plan>(std::move(plan));
}

PlanPtr refused(const Voice& voice, const Route& route, int status, std::string_view message) {
    return shared(refusal_plan(voice, route, Trouble{status, std::string(message), "", "", -1}));
}

// The content of a JSON string; escapes stay as they are.
std::string_view unquoted(std::string_view json) {
    return json.size() >= 2 && json.front() == '"' ? json.substr(1, json.size() - 2) : json;
}

json::Value body_of(const Request& request) {
    auto parsed = json::parse(request.body);
    return parsed ? *std::move(parsed) : json::Value{};
}

// What an answer in OpenAI's dialect depends on, without a tree: benchmarks ask for many.
void read_lightly(std::string_view body, Ask& ask) {
    ask.stream = member_of(body, "stream") == "true";
    const auto options = member_of(body, "stream_options").value_or("");
    ask.usage = ask.stream && member_of(options, "include_usage") == "true";
}

// Whether the answer depends on more of the request than read_lightly() sees.
bool looks_closer(const Script& script, const Ask& ask) {
    return ask.route.dialect != Dialect::openai || ask.route.endpoint == Endpoint::embeddings ||
           script.has("echo") || script.has("tools") || script.has("strict");
}

std::string key_of(const Ask& ask, std::string_view words) {
    return cat(static_cast<int>(ask.route.dialect), static_cast<int>(ask.route.endpoint),
               ask.stream ? 's' : '-', ask.usage ? 'u' : '-', words, ' ', ask.model);
}

}  // namespace

PlanPtr Provider::answer(const Request& request) {
    if (request.target().starts_with("/_fake/")) return control(request);
    Visit visit{request, route_of(request), {}, {}};
    const auto& speech = speech_of(visit.route.dialect);
    if (visit.route.dialect != Dialect::openai) {
        visit.body = body_of(request);
        const auto refusal = speech.refusal(request, visit.route, visit.body, tokens_);
        if (refusal) return shared(refusal_plan(*refusal->voice, visit.route, refusal->trouble));
    }
    visit.model = visit.route.model.empty()
                      ? unquoted(member_of(request.body, "model").value_or(""))
                      : std::string_view(visit.route.model);
    const auto recipe = recipe_for(visit);
    return recipe.raw ? recipe.raw : planned(visit, recipe.words);
}

const Recipe* Provider::scripted(std::string_view name) {
    const auto at = scripts_.find(name);
    if (at == scripts_.end()) return nullptr;
    auto& [recipes, next] = at->second;
    const auto index = std::min(next, recipes.size() - 1);
    next = index + 1;
    return &recipes[index];
}

Recipe Provider::recipe_for(const Visit& visit) {
    if (const auto words = visit.request.header("x-fake"); !words.empty())
        return {std::string(words), nullptr};
    const auto path = visit.request.target().substr(0, visit.request.target().find('?'));
    const auto* recipe =
        scripts_.empty() ? nullptr : scripted(visit.model.empty() ? path : visit.model);
    if (!recipe && !visit.model.empty() && !scripts_.empty()) recipe = scripted("*");
    if (recipe) return *recipe;
    const bool named = visit.model.starts_with("fake-");
    return {std::string(named ? visit.model.substr(5) : ""), nullptr};
}

std::vector<std::string> Provider::models() const {
    std::vector<std::string> names{"fake", "fake-ok"};
    for (const auto& [name, sequence] : scripts_)
        if (name != "*" && !name.starts_with('/')) names.push_back(name);
    return names;
}

PlanPtr Provider::planned(const Visit& visit, std::string_view words) {
    const auto& speech = speech_of(visit.route.dialect);
    Ask ask;
    ask.route = visit.route;
    ask.voice = speech.voice;
    ask.model = visit.model;
    read_lightly(visit.request.body, ask);
    auto key = key_of(ask, words);
    if (const auto known = plans_.find(key); known != plans_.end()) return known->second;
    const auto script = Script::parse(words);
    if (!script) return refused(*ask.voice, ask.route, 400, script.error().message);
    if (auto listed = listing(visit, *script)) return listed;
    if (ask.route.endpoint == Endpoint::unknown)
        return refused(*ask.voice, ask.route, 404, kNotFound);
    if (looks_closer(*script, ask)) return close_look(visit, *script, std::move(ask));
    auto plan = shared(plan_of(*script, ask));
    const bool kept = !script->has("tools") && size_of(plan->steps) <= kMaxPlanBytes;
    if (plans_.size() >= kMaxPlans) plans_.clear();
    if (kept) plans_.emplace(std::move(key), plan);
    return plan;
}

PlanPtr Provider::close_look(const Visit& visit, const Script& script, Ask ask) {
    const auto& speech = speech_of(ask.route.dialect);
    const auto body = visit.body.is_null() ? body_of(visit.request) : visit.body;
    if (script.has("strict")) {
        const auto refusal = speech.refusal(visit.request, ask.route, body, tokens_);
        if (refusal) return shared(refusal_plan(*refusal->voice, ask.route, refusal->trouble));
    }
    speech.understand(body, ask);
    ask.echo = script.empty() && ask.route.dialect != Dialect::openai &&
               ask.route.dialect != Dialect::azure;
    if (ask.route.endpoint == Endpoint::token) {
        ask.token_seconds = script.number("expires", 3600);
        ask.token = tokens_.issue(std::chrono::seconds(ask.token_seconds), Clock::now());
    }
    return shared(plan_of(script, ask));
}

PlanPtr Provider::listing(const Visit& visit, const Script& script) {
    const bool lists =
        script.empty() && visit.request.method() == "GET" && visit.route.dialect == Dialect::openai;
    const auto json = [](std::string_view text) {
        return shared(simple_plan(200, "application/json", text));
    };
    if (lists && visit.route.endpoint == Endpoint::models)
        return json(openai::models_answer(models()));
    if (lists && visit.route.endpoint == Endpoint::model)
        return json(openai::model_answer(visit.route.model));
    return nullptr;
}

}  // namespace ogem::fake
