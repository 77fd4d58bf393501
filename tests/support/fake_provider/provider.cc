#include "provider.h"

#include "base/text.h"
#include "json/value.h"

#include <algorithm>

namespace ogem::fake {

namespace {

constexpr std::size_t kMaxPlans = 1024;
constexpr std::size_t kMaxPlanBytes = 64 << 10;  // longer plans are made anew each time

PlanPtr shared(Plan plan) {
    return std::make_shared<const Plan>(std::move(plan));
}

// The content of a JSON string; escapes stay as they are.
std::string_view unquoted(std::string_view json) {
    return json.size() >= 2 && json.front() == '"' ? json.substr(1, json.size() - 2) : json;
}

std::size_t inputs_of(std::string_view body) {
    const auto parsed = json::parse(body);
    if (!parsed || !parsed->contains("input") || !(*parsed)["input"].is_array()) return 1;
    const auto& input = (*parsed)["input"];
    const bool tokens = !input.empty() && input[0].is_number();
    return tokens ? 1 : input.size();
}

Ask ask_of(const Request& request, std::string_view model) {
    Ask ask{endpoint_of(request.target()), std::string(model)};
    const std::string_view body = request.body;
    ask.stream = member_of(body, "stream") == "true";
    if (ask.stream) {
        const auto options = member_of(body, "stream_options").value_or("");
        ask.usage = member_of(options, "include_usage") == "true";
    }
    if (ask.endpoint == Endpoint::embeddings) {
        ask.base64 = member_of(body, "encoding_format") == "\"base64\"";
        ask.inputs = inputs_of(body);
    }
    return ask;
}

std::string key_of(const Ask& ask, std::string_view words) {
    return cat(static_cast<int>(ask.endpoint), ask.stream ? 's' : '-', ask.usage ? 'u' : '-',
               ask.base64 ? 'b' : '-', ask.inputs, ' ', words, ' ', ask.model);
}

}  // namespace

PlanPtr Provider::answer(const Request& request) {
    const auto target = request.target();
    if (target.starts_with("/_fake/")) return control(request);
    const auto model = unquoted(member_of(request.body, "model").value_or(""));
    if (const auto words = request.header("x-fake"); !words.empty())
        return planned(request, model, words);
    if (auto plan = scripted_answer(request, model)) return plan;
    return planned(request, model, model.starts_with("fake-") ? model.substr(5) : "");
}

const Recipe* Provider::scripted(std::string_view name) {
    const auto at = scripts_.find(name);
    if (at == scripts_.end()) return nullptr;
    auto& [recipes, next] = at->second;
    const auto index = std::min(next, recipes.size() - 1);
    next = index + 1;
    return &recipes[index];
}

PlanPtr Provider::scripted_answer(const Request& request, std::string_view model) {
    if (scripts_.empty()) return nullptr;
    const auto* recipe = scripted(model.empty() ? request.target() : model);
    if (!recipe && !model.empty()) recipe = scripted("*");
    if (!recipe) return nullptr;
    return recipe->raw ? recipe->raw : planned(request, model, recipe->words);
}

std::vector<std::string> Provider::models() const {
    std::vector<std::string> names{"fake", "fake-ok"};
    for (const auto& [name, sequence] : scripts_)
        if (name != "*" && !name.starts_with('/')) names.push_back(name);
    return names;
}

PlanPtr Provider::planned(const Request& request, std::string_view model, std::string_view words) {
    const auto ask = ask_of(request, model);
    auto key = key_of(ask, words);
    if (const auto known = plans_.find(key); known != plans_.end()) return known->second;
    const auto script = Script::parse(words);
    if (!script)
        return shared(
            simple_plan(400, "application/json", error_answer(400, script.error().message)));
    const bool lists = script->empty() && request.method() == "GET";
    if (lists && ask.endpoint == Endpoint::models)
        return shared(simple_plan(200, "application/json", models_answer(models())));
    if (lists && ask.endpoint == Endpoint::model) {
        const auto name = request.target().substr(request.target().rfind('/') + 1);
        return shared(simple_plan(200, "application/json", model_answer(name)));
    }
    auto plan = shared(plan_of(*script, ask));
    if (plans_.size() >= kMaxPlans) plans_.clear();
    if (size_of(plan->steps) <= kMaxPlanBytes) plans_.emplace(std::move(key), plan);
    return plan;
}

}  // namespace ogem::fake
