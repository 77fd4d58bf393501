#include "wire/openai/request/read_tools.h"

#include "wire/openai/request/words.h"

#include <algorithm>

namespace ogem::wire::openai {

namespace {

using chat::Tool;
using chat::ToolChoice;
using Mode = ToolChoice::Mode;

// What `function` and `custom` hold: both know name and description.
Result<void> read_body(const Spot& body, Tool& tool) {
    auto read = each_member(body, [&](const Spot& member) -> Result<void> {
        if (member.name == "name") return take(member, tool.name);
        if (member.name == "description") return take(member, tool.description);
        if (member.name == "parameters") return take_object(member, tool.parameters);
        if (member.name == "strict") return take(member, tool.strict);
        if (member.name == "format") return take_object(member, tool.format);
        return {};
    });
    if (read && tool.name.empty()) return body.lacks("name");
    return read;
}

constexpr Words<bool, 2> kIsCustom{{{"function", false}, {"custom", true}}};

Result<void> read_tool(const Spot& spot, Tool& tool) {
    std::optional<bool> custom;
    std::optional<Spot> function_body, custom_body;
    auto read = each_member(spot, [&](const Spot& member) -> Result<void> {
        if (member.name == "function") function_body = spot.member("function", member.raw);
        if (member.name == "custom") custom_body = spot.member("custom", member.raw);
        if (member.name == "cache_control") tool.cache_control = member.raw;
        if (member.name != "type") return {};
        auto word = read_word(member, kIsCustom);
        if (!word) return fail_as(word);
        custom = *word;
        return {};
    });
    if (!read) return read;
    if (!custom) return spot.lacks("type");
    tool.custom = *custom;
    const auto& body = *custom ? custom_body : function_body;
    return body ? read_body(*body, tool) : spot.lacks(*custom ? "custom" : "function");
}

Result<void> read_name(const Spot& spot, std::string& name) {
    auto read = each_member(spot, [&](const Spot& member) -> Result<void> {
        return member.name == "name" ? take(member, name) : Result<void>();
    });
    if (read && name.empty()) return spot.lacks("name");
    return read;
}

Result<void> read_allowed_tool(const Spot& spot, std::string& name) {
    auto read = each_member(spot, [&](const Spot& member) -> Result<void> {
        const bool nested = member.name == "function" || member.name == "custom";
        return nested ? read_name(member, name) : Result<void>();
    });
    if (read && name.empty()) return spot.lacks("function");
    return read;
}

Result<void> read_allowed(const Spot& spot, ToolChoice& choice) {
    choice.mode = Mode::automatic;
    return each_member(spot, [&](const Spot& member) -> Result<void> {
        if (member.name == "mode") return read_mode(member, choice.mode);
        if (member.name != "tools") return {};
        return each_element(member, [&](const Spot& element) {
            return read_allowed_tool(element, choice.allowed.emplace_back());
        });
    });
}

enum class Form : std::uint8_t { named, allowed };
constexpr Words<Form, 3> kForms{
    {{"function", Form::named}, {"custom", Form::named}, {"allowed_tools", Form::allowed}}};

Result<void> read_choice_object(const Spot& spot, ToolChoice& choice) {
    std::optional<Form> form;
    ToolChoice named, allowed;
    named.mode = Mode::named;
    auto read = each_member(spot, [&](const Spot& member) -> Result<void> {
        if (member.name == "allowed_tools") return read_allowed(member, allowed);
        if (member.name == "function" || member.name == "custom")
            return read_name(member, named.name);
        if (member.name != "type") return {};
        auto word = read_word(member, kForms);
        if (!word) return fail_as(word);
        form = *word;
        return {};
    });
    if (!read) return read;
    if (!form) return spot.lacks("type");
    choice = *form == Form::named ? std::move(named) : std::move(allowed);
    if (choice.mode == Mode::unset) return spot.lacks("allowed_tools");
    if (choice.mode == Mode::named && choice.name.empty()) return spot.lacks("function");
    return {};
}

}  // namespace

Result<void> read_mode(const Spot& spot, Mode& mode) {
    static constexpr Words<Mode, 3> kModes{
        {{"auto", Mode::automatic}, {"none", Mode::none}, {"required", Mode::required}}};
    auto word = read_word(spot, kModes);
    if (!word) return fail_as(word);
    mode = *word;
    return {};
}

Result<void> read_tools(const Spot& list, std::vector<Tool>& tools) {
    tools.clear();
    return each_element(
        list, [&](const Spot& element) { return read_tool(element, tools.emplace_back()); });
}

Result<void> read_functions(const Spot& list, std::vector<Tool>& tools) {
    tools.clear();
    return each_element(
        list, [&](const Spot& element) { return read_body(element, tools.emplace_back()); });
}

Result<void> read_tool_choice(const Spot& spot, ToolChoice& choice) {
    if (spot.is_string()) return read_mode(spot, choice.mode);
    return read_choice_object(spot, choice);
}

Result<void> read_function_choice(const Spot& spot, ToolChoice& choice) {
    if (spot.is_string()) return read_mode(spot, choice.mode);
    choice.mode = Mode::named;
    return read_name(spot, choice.name);
}

}  // namespace ogem::wire::openai
