#include "wire/anthropic/tools.h"

#include "base/text.h"
#include "json/cursor.h"
#include "json/writer.h"
#include "wire/anthropic/content.h"
#include "wire/refuse.h"

#include <algorithm>
#include <string_view>

namespace ogem::wire::anthropic {

namespace {

using chat::Json;
using chat::Tool;
using Mode = chat::ToolChoice::Mode;

constexpr std::string_view kNoParameters = R"({"type":"object","properties":{}})";
constexpr std::string_view kFreeText =
    R"({"type":"object","properties":{"input":{"type":"string"}},"required":["input"]})";

// `parameters` with the `type` that Anthropic demands and OpenAI does not.
Json input_schema_of(const Json& parameters) {
    bool has_type = false, has_members = false;
    std::string_view name;
    json::Cursor c(parameters);
    if (c.peek() != '{') return Json(kNoParameters);
    for (c.enter_object(); c.next_member(name); c.value()) {
        has_members = true;
        has_type = has_type || name == "type";
    }
    if (!c.finish() || !has_members) return Json(kNoParameters);
    if (has_type) return parameters;
    return cat(R"({"type":"object",)", parameters.substr(parameters.find('{') + 1));
}

void write_tool(json::Writer& w, const Tool& tool, bool strict) {
    w.begin_object().key("name").value(tool.name);
    if (!tool.description.empty()) w.key("description").value(tool.description);
    w.key("input_schema").raw(tool.custom ? Json(kFreeText) : input_schema_of(tool.parameters));
    if (strict && tool.strict.value_or(false)) w.key("strict").value(true);
    if (const auto cache = cache_control_of(tool.cache_control); !cache.empty())
        w.key("cache_control").raw(cache);
    w.end_object();
}

bool has_tool(const std::vector<Tool>& tools, std::string_view name) {
    return std::ranges::find(tools, name, &Tool::name) != tools.end();
}

// A name for the tool that stands in for the schema, which no tool of the client has.
std::string schema_tool_name(const chat::Request& request) {
    const auto& wanted = request.response_format.name;
    std::string name(wanted.empty() ? "output" : wanted);
    while (has_tool(request.tools, name)) name += "_output";
    return name;
}

Tool schema_tool(const chat::Request& request) {
    const auto& format = request.response_format;
    Tool tool;
    tool.name = schema_tool_name(request);
    tool.description = format.description;
    tool.parameters = format.schema;
    return tool;
}

std::string_view word_of(Mode mode) {
    switch (mode) {
        case Mode::none:
            return "none";
        case Mode::required:
            return "any";
        case Mode::named:
            return "tool";
        default:
            return "auto";
    }
}

Json choice_json(Mode mode, std::string_view name, bool one_at_most) {
    Json out;
    json::Writer w(out);
    w.begin_object().key("type").value(word_of(mode));
    if (mode == Mode::named) w.key("name").value(name);
    if (one_at_most && mode != Mode::none) w.key("disable_parallel_tool_use").value(true);
    w.end_object();
    return out;
}

// The choice as the client made it.
Json choice_of(const chat::Request& request, bool may_demand, bool& dropped) {
    auto mode = request.tool_choice.mode;
    const bool one_at_most = request.parallel_tool_calls == false;
    if (mode == Mode::unset && !one_at_most) return {};
    if (!may_demand && (mode == Mode::required || mode == Mode::named)) {
        mode = Mode::automatic;
        dropped = true;
    }
    return choice_json(mode, request.tool_choice.name, one_at_most);
}

}  // namespace

bool needs_schema_tool(const chat::Request& request, const chat::Capabilities& can) {
    const auto& format = request.response_format;
    return format.kind == chat::ResponseFormat::Kind::json_schema && !can.structured_outputs &&
           !format.schema.empty() && can.forced_tools;
}

Result<ToolPlan> plan_tools(const chat::Request& request, const chat::Capabilities& can,
                            bool thinking) {
    ToolPlan plan;
    const auto& allowed = request.tool_choice.allowed;
    json::Writer w(plan.tools);
    int count = 0;
    w.begin_array();
    for (const auto& tool : request.tools) {
        if (!allowed.empty() && std::ranges::find(allowed, tool.name) == allowed.end()) continue;
        write_tool(w, tool, can.structured_outputs);
        ++count;
        if (tool.custom) plan.state.custom_tools.push_back(tool.name);
        plan.format_dropped |= tool.format.find("\"grammar\"") != Json::npos;
    }
    if (!allowed.empty() && count == 0)
        return refuse_member("tool_choice.allowed_tools", "none of them is among `tools`");
    if (needs_schema_tool(request, can)) {
        const auto tool = schema_tool(request);
        write_tool(w, tool, false);
        plan.state.unwrap_tool = tool.name;
        // Beside tools of the client it is one of several ways to go on.
        const bool alone = count == 0 || request.tool_choice.mode == Mode::none;
        plan.choice = choice_json(alone ? Mode::named : Mode::required, tool.name, true);
    } else if (count > 0) {
        plan.choice = choice_of(request, can.forced_tools && !thinking, plan.choice_dropped);
    }
    w.end_array();
    if (plan.tools == "[]") plan.tools.clear();
    return plan;
}

}  // namespace ogem::wire::anthropic
