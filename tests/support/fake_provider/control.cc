// The control API of the fake provider: /_fake/script, reset, log, connections, google. README.md
// shows it.
#include "base/text.h"
#include "json/value.h"
#include "json/writer.h"
#include "openai/voice.h"
#include "provider.h"

namespace ogem::fake {

namespace {

PlanPtr reply(int status, std::string_view body) {
    return std::make_shared<const Plan>(simple_plan(status, "application/json", body));
}

PlanPtr refuse(int status, std::string_view message) {
    return reply(status, openai::kVoice.error({status, std::string(message), "", "", -1}));
}

Result<Ending> ending_of(std::string_view name) {
    if (name == "keep") return Ending::keep;
    if (name == "fin") return Ending::close;
    if (name == "rst") return Ending::reset;
    if (name == "hang") return Ending::hang;
    return fail(Kind::invalid, cat("end \"", name, "\" is not one of keep, fin, rst, hang"));
}

std::string text_in(const json::Value& object, const char* name) {
    const auto at = object.find(name);
    return at != object.end() && at->is_string() ? at->get<std::string>() : "";
}

std::int64_t number_in(const json::Value& object, const char* name) {
    const auto at = object.find(name);
    return at != object.end() && at->is_number_integer() ? at->get<std::int64_t>() : 0;
}

// {"raw":[{"send":"bytes","wait":ms},{"end":"fin"}]}
Result<Plan> raw_plan(const json::Value& parts) {
    Plan plan;
    for (const auto& part : parts) {
        if (!part.is_object()) return fail(Kind::invalid, "a part of raw is not an object");
        if (part.contains("end")) {
            const auto ending = ending_of(text_in(part, "end"));
            if (!ending) return std::unexpected(ending.error());
            plan.ending = *ending;
        }
        const std::chrono::milliseconds wait(number_in(part, "wait"));
        plan.steps.push_back({text_in(part, "send"), wait, 1});
    }
    return plan;
}

Result<Recipe> recipe_of(const json::Value& step) {
    if (step.is_string()) {
        const auto words = step.get<std::string>();
        if (const auto script = Script::parse(words); !script)
            return std::unexpected(script.error());
        return Recipe{words, nullptr};
    }
    if (!step.is_object() || !step.contains("raw"))
        return fail(Kind::invalid, "a step is a script or {\"raw\":[...]}");
    auto plan = raw_plan(step["raw"]);
    if (!plan) return fail_as(plan);
    return Recipe{"", std::make_shared<const Plan>(*std::move(plan))};
}

std::string connections_json(const ConnectionCounts& counts) {
    std::string out;
    json::Writer w(out);
    w.begin_object().key("open").value(counts.open).key("accepted").value(counts.accepted);
    w.key("partial").value(counts.partial).end_object();
    return out;
}

}  // namespace

Result<void> Provider::set_script(std::string_view body) {
    const auto parsed = json::parse(body);
    if (!parsed) return std::unexpected(parsed.error());
    const bool shaped = parsed->is_object() && parsed->contains("model") &&
                        parsed->contains("steps") && (*parsed)["model"].is_string() &&
                        (*parsed)["steps"].is_array() && !(*parsed)["steps"].empty();
    if (!shaped) return fail(Kind::invalid, "a script is {\"model\":NAME,\"steps\":[...]}");
    Sequence sequence;
    for (const auto& step : (*parsed)["steps"]) {
        auto recipe = recipe_of(step);
        if (!recipe) return fail_as(recipe);
        sequence.recipes.push_back(*std::move(recipe));
    }
    scripts_[(*parsed)["model"].get<std::string>()] = std::move(sequence);
    return {};
}

// {"public_key":PEM,"revoke":true}
PlanPtr Provider::control_google(const Request& request) {
    const auto parsed = json::parse(request.body);
    if (!parsed || !parsed->is_object()) return refuse(400, "not a JSON object");
    if (parsed->contains("public_key")) tokens_.public_key = text_in(*parsed, "public_key");
    if (parsed->contains("revoke")) tokens_.revoke_all();
    return reply(200, "{}");
}

PlanPtr Provider::control(const Request& request) {
    const auto target = request.target();
    const bool post = request.method() == "POST";
    if (!post && target == "/_fake/log") return reply(200, journal_.to_json());
    if (!post && target == "/_fake/connections") return reply(200, connections_json(connections_));
    if (post && target == "/_fake/reset") {
        scripts_.clear();
        journal_.clear();
        connections_.partial = 0;
        tokens_.revoke_all();
        return reply(200, "{}");
    }
    if (post && target == "/_fake/google") return control_google(request);
    if (!post || target != "/_fake/script") return refuse(404, "no such control path");
    const auto set = set_script(request.body);
    return set ? reply(200, "{}") : refuse(400, set.error().message);
}

}  // namespace ogem::fake
