#include "wire/openai/request/write_tools.h"

#include "wire/openai/request/write_message.h"

#include <algorithm>

namespace ogem::wire::openai {

namespace {

using chat::Tool;
using chat::ToolChoice;
using Mode = ToolChoice::Mode;

const char* kind_of(const Tool& tool) {
    return tool.custom ? "custom" : "function";
}

void write_tool(json::Writer& w, const Tool& tool) {
    w.begin_object().key("type").value(kind_of(tool)).key(kind_of(tool)).begin_object();
    w.key("name").value(tool.name);
    if (!tool.description.empty()) w.key("description").value(tool.description);
    if (!tool.parameters.empty()) w.key("parameters").raw(tool.parameters);
    if (tool.strict) w.key("strict").value(*tool.strict);
    if (!tool.format.empty()) w.key("format").raw(tool.format);
    w.end_object().end_object();
}

// {"type":"function","function":{"name":NAME}}
void write_reference(json::Writer& w, const std::string& name, const std::vector<Tool>& tools) {
    const auto tool = std::ranges::find(tools, name, &Tool::name);
    const auto* kind = tool == tools.end() ? "function" : kind_of(*tool);
    w.begin_object().key("type").value(kind).key(kind).begin_object();
    w.key("name").value(name).end_object().end_object();
}

const char* word_of(Mode mode) {
    if (mode == Mode::none) return "none";
    return mode == Mode::required ? "required" : "auto";
}

}  // namespace

void write_tools(json::Writer& w, const std::vector<Tool>& tools,
                 std::vector<std::string>& dropped) {
    if (tools.empty()) return;
    w.key("tools").begin_array();
    for (const auto& tool : tools) {
        write_tool(w, tool);
        if (!tool.cache_control.empty()) drop(dropped, "cache_control");
    }
    w.end_array();
}

void write_tool_choice(json::Writer& w, const ToolChoice& choice, const std::vector<Tool>& tools) {
    if (choice.mode == Mode::unset) return;
    w.key("tool_choice");
    if (choice.mode == Mode::named) return write_reference(w, choice.name, tools);
    if (choice.allowed.empty()) {
        w.value(word_of(choice.mode));
        return;
    }
    w.begin_object().key("type").value("allowed_tools").key("allowed_tools").begin_object();
    w.key("mode").value(word_of(choice.mode)).key("tools").begin_array();
    for (const auto& name : choice.allowed) write_reference(w, name, tools);
    w.end_array().end_object().end_object();
}

void write_format(json::Writer& w, const chat::ResponseFormat& format) {
    using Kind = chat::ResponseFormat::Kind;
    if (format.kind == Kind::unset) return;
    w.key("response_format").begin_object().key("type");
    if (format.kind != Kind::json_schema) {
        w.value(format.kind == Kind::text ? "text" : "json_object").end_object();
        return;
    }
    w.value("json_schema").key("json_schema").begin_object();
    w.key("name").value(format.name.empty() ? "output" : format.name);
    if (!format.description.empty()) w.key("description").value(format.description);
    if (!format.schema.empty()) w.key("schema").raw(format.schema);
    if (format.strict) w.key("strict").value(*format.strict);
    w.end_object().end_object();
}

}  // namespace ogem::wire::openai
