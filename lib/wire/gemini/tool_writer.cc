#include "wire/gemini/tool_writer.h"

#include "wire/gemini/schema.h"
#include "wire/refuse.h"

#include <algorithm>

namespace ogem::wire::gemini {

namespace {

using chat::Tool;
using chat::ToolChoice;

constexpr std::string_view kCustomInput =
    R"({"type":"object","properties":{"input":{"type":"string"}},"required":["input"]})";

Result<void> write_declaration(json::Writer& w, const Tool& tool, std::size_t number,
                               chat::SchemaForm form) {
    w.begin_object().key("name").value(tool.name);
    if (!tool.description.empty()) w.key("description").value(tool.description);
    const auto schema = tool.custom ? kCustomInput : std::string_view(tool.parameters);
    if (!schema.empty() && !takes_nothing(schema)) {
        if (form == chat::SchemaForm::json) {
            w.key("parametersJsonSchema").raw(schema);
        } else {
            const auto converted = converted_schema(schema);
            if (!converted)
                return refuse_member(cat("tools[", number, "].function.parameters"),
                                     converted.error().message);
            if (!takes_nothing(*converted)) w.key("parameters").raw(*converted);
        }
    }
    w.end_object();
    return {};
}

// With `auto` Gemini knows no list of allowed functions: only those are declared then.
bool is_declared(const Tool& tool, const ToolChoice& choice) {
    return choice.mode != ToolChoice::Mode::automatic || choice.allowed.empty() ||
           std::ranges::find(choice.allowed, tool.name) != choice.allowed.end();
}

std::string_view mode_word(ToolChoice::Mode mode) {
    switch (mode) {
        case ToolChoice::Mode::unset:
            return {};
        case ToolChoice::Mode::automatic:
            return "AUTO";
        case ToolChoice::Mode::none:
            return "NONE";
        case ToolChoice::Mode::required:
        case ToolChoice::Mode::named:
            return "ANY";
    }
    return {};
}

void write_choice(json::Writer& w, const ToolChoice& choice) {
    const auto mode = mode_word(choice.mode);
    if (mode.empty()) return;
    auto names =
        choice.mode == ToolChoice::Mode::required ? choice.allowed : std::vector<std::string>();
    if (choice.mode == ToolChoice::Mode::named) names.push_back(choice.name);
    w.key("toolConfig").begin_object().key("functionCallingConfig").begin_object();
    w.key("mode").value(mode);
    if (!names.empty()) {
        w.key("allowedFunctionNames").begin_array();
        for (const auto& name : names) w.value(name);
        w.end_array();
    }
    w.end_object().end_object();
}

}  // namespace

Result<void> write_tools(json::Writer& w, const chat::Request& request, chat::SchemaForm form) {
    const auto declared = [&](const Tool& tool) { return is_declared(tool, request.tool_choice); };
    if (std::ranges::none_of(request.tools, declared)) return {};
    w.key("tools").begin_array().begin_object().key("functionDeclarations").begin_array();
    for (std::size_t i = 0; i < request.tools.size(); ++i) {
        if (!declared(request.tools[i])) continue;
        if (auto written = write_declaration(w, request.tools[i], i, form); !written)
            return written;
    }
    w.end_array().end_object().end_array();
    write_choice(w, request.tool_choice);
    return {};
}

}  // namespace ogem::wire::gemini
