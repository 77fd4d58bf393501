#include "wire/responses/tools.h"

#include "base/text.h"
#include "wire/openai/request/read_tools.h"
#include "wire/openai/request/words.h"

#include <optional>

namespace ogem::wire::responses {

namespace {

using chat::Tool;
using chat::ToolChoice;
using Mode = ToolChoice::Mode;
using openai::each_element;
using openai::each_member;
using openai::Spot;
using openai::take;
using openai::take_object;

struct Named {
    std::string type;
    Tool tool;
};

Result<void> read_tool(const Spot& spot, Named& named) {
    return each_member(spot, [&](const Spot& member) -> Result<void> {
        auto& tool = named.tool;
        if (member.name == "type") return take(member, named.type);
        if (member.name == "name") return take(member, tool.name);
        if (member.name == "description") return take(member, tool.description);
        if (member.name == "parameters") return take_object(member, tool.parameters);
        if (member.name == "strict") return take(member, tool.strict);
        if (member.name == "format") return take_object(member, tool.format);
        return {};
    });
}

Result<void> read_allowed(const Spot& list, std::vector<std::string>& allowed) {
    return each_element(list, [&](const Spot& element) -> Result<void> {
        Named named;
        if (auto read = read_tool(element, named); !read) return read;
        // A hosted one is not there to be called.
        if (!named.tool.name.empty()) allowed.push_back(std::move(named.tool.name));
        return {};
    });
}

enum class Form : std::uint8_t { named, allowed };
constexpr openai::Words<Form, 3> kForms{
    {{"function", Form::named}, {"custom", Form::named}, {"allowed_tools", Form::allowed}}};

Result<void> read_choice_object(const Spot& spot, ToolChoice& choice) {
    std::optional<Form> form;
    choice.mode = Mode::automatic;
    auto read = each_member(spot, [&](const Spot& member) -> Result<void> {
        if (member.name == "name") return take(member, choice.name);
        if (member.name == "mode") return openai::read_mode(member, choice.mode);
        if (member.name == "tools") return read_allowed(member, choice.allowed);
        if (member.name != "type") return {};
        auto word = openai::read_word(member, kForms);
        if (!word) return fail_as(word);
        form = *word;
        return {};
    });
    if (!read) return read;
    if (!form) return spot.lacks("type");
    if (*form == Form::allowed) return {};
    choice.mode = Mode::named;
    return choice.name.empty() ? spot.lacks("name") : Result<void>();
}

using FormatKind = chat::ResponseFormat::Kind;
constexpr openai::Words<FormatKind, 3> kFormats{{{"text", FormatKind::text},
                                                 {"json_object", FormatKind::json_object},
                                                 {"json_schema", FormatKind::json_schema}}};

}  // namespace

Result<void> read_tools(const Spot& list, std::vector<Tool>& tools,
                        std::vector<std::string>& dropped) {
    return each_element(list, [&](const Spot& element) -> Result<void> {
        Named named;
        if (auto read = read_tool(element, named); !read) return read;
        if (named.type.empty()) return element.lacks("type");
        named.tool.custom = named.type == "custom";
        if (!named.tool.custom && named.type != "function") {
            dropped.push_back(cat(element.path(), ':', named.type));
            return {};
        }
        if (named.tool.name.empty()) return element.lacks("name");
        tools.push_back(std::move(named.tool));
        return {};
    });
}

Result<void> read_tool_choice(const Spot& spot, ToolChoice& choice) {
    return spot.is_string() ? openai::read_mode(spot, choice.mode)
                            : read_choice_object(spot, choice);
}

Result<void> read_format(const Spot& spot, chat::ResponseFormat& format) {
    auto read = each_member(spot, [&](const Spot& member) -> Result<void> {
        if (member.name == "name") return take(member, format.name);
        if (member.name == "description") return take(member, format.description);
        if (member.name == "strict") return take(member, format.strict);
        if (member.name == "schema") return take_object(member, format.schema);
        if (member.name != "type") return {};
        auto kind = openai::read_word(member, kFormats);
        if (!kind) return fail_as(kind);
        format.kind = *kind;
        return {};
    });
    if (!read) return read;
    if (format.kind == FormatKind::unset) return spot.lacks("type");
    if (format.kind == FormatKind::json_schema && format.name.empty()) return spot.lacks("name");
    return {};
}

}  // namespace ogem::wire::responses
