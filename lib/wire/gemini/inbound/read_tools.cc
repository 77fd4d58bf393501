#include "wire/gemini/inbound/read_tools.h"

#include "base/text.h"
#include "wire/gemini/inbound/json_schema.h"

#include <algorithm>

namespace ogem::wire::gemini {

namespace {

using chat::Tool;
using chat::ToolChoice;

Result<void> read_declaration(const Spot& spot, Tool& tool) {
    auto read = each_member(spot, [&](const Spot& member) -> Result<void> {
        if (member.name == "name") return take(member, tool.name);
        if (member.name == "description") return take(member, tool.description);
        if (is_named(member.name, "parametersJsonSchema")) {
            if (!member.is_object()) return member.refuse("must be an object");
            tool.parameters = member.raw;
        } else if (member.name == "parameters") {
            auto schema = json_schema_of(member.raw);
            if (!schema) return member.refuse(schema.error().message);
            tool.parameters = std::move(*schema);
        }
        return {};
    });
    if (read && tool.name.empty()) return spot.lacks("name");
    return read;
}

Result<void> read_mode(const Spot& member, ToolChoice::Mode& mode) {
    std::string word;
    if (auto taken = take(member, word); !taken) return taken;
    if (word == "AUTO" || word == "VALIDATED")
        mode = ToolChoice::Mode::automatic;
    else if (word == "ANY")
        mode = ToolChoice::Mode::required;
    else if (word == "NONE")
        mode = ToolChoice::Mode::none;
    else if (word != "MODE_UNSPECIFIED")
        return member.refuse(
            cat('"', word.substr(0, 80), "\" is not AUTO, ANY, NONE or VALIDATED"));
    return {};
}

// One allowed function that must be called is a named one.
void settle(ToolChoice& choice) {
    const bool one = choice.mode == ToolChoice::Mode::required && choice.allowed.size() == 1;
    if (!one) return;
    choice.mode = ToolChoice::Mode::named;
    choice.name = std::move(choice.allowed.front());
    choice.allowed.clear();
}

}  // namespace

Result<void> read_tools(const Spot& tools, GenerateRequest& out) {
    return each_element(tools, [&](const Spot& entry) {
        return each_member(entry, [&](const Spot& member) -> Result<void> {
            if (is_named(member.name, "functionDeclarations"))
                return each_element(member, [&](const Spot& spot) {
                    return read_declaration(spot, out.request.tools.emplace_back());
                });
            const auto name = cat("tools.", member.name);
            if (std::ranges::find(out.dropped, name) == out.dropped.end())
                out.dropped.push_back(name);
            return {};
        });
    });
}

Result<void> read_tool_config(const Spot& config, GenerateRequest& out) {
    auto& choice = out.request.tool_choice;
    auto read = each_member(config, [&](const Spot& member) -> Result<void> {
        if (!is_named(member.name, "functionCallingConfig")) {
            out.dropped.push_back(member.path());
            return {};
        }
        return each_member(member, [&](const Spot& inner) -> Result<void> {
            if (inner.name == "mode") return read_mode(inner, choice.mode);
            if (!is_named(inner.name, "allowedFunctionNames")) return {};
            return each_element(
                inner, [&](const Spot& name) { return take(name, choice.allowed.emplace_back()); });
        });
    });
    if (read) settle(choice);
    return read;
}

}  // namespace ogem::wire::gemini
