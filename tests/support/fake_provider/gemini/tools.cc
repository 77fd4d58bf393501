// Functions that may be called, and the choice among them.
#include "base/text.h"
#include "gemini/rules.h"
#include "say/talk.h"

#include <set>

namespace ogem::fake::gemini {

namespace {

using json::Value;
using Names = std::set<std::string>;

constexpr Field kTool[] = {{"functionDeclarations", kArray},
                           {"googleSearch", kObject},
                           {"codeExecution", kObject},
                           {"urlContext", kObject},
                           {"googleSearchRetrieval", kObject}};
constexpr Field kFunction[] = {{"name", kString, true}, {"description", kString},
                               {"parameters", kObject}, {"parametersJsonSchema", kObject},
                               {"response", kObject},   {"responseJsonSchema", kObject},
                               {"behavior", kString}};
constexpr Field kCalling[] = {
    {"mode", kString}, {"allowedFunctionNames", kArray}, {"streamFunctionCallArguments", kBoolean}};

bool good_name(std::string_view name) {
    const bool starts =
        !name.empty() && (name[0] == '_' || (name[0] | 0x20) >= 'a') && (name[0] | 0x20) <= 'z';
    return (starts || name.starts_with('_')) && matches(name, cat(kWordLetters, ".:"), 128);
}

void check_function(const Value& function, const Where& where, const Terms& terms, Names& names,
                    Findings& out) {
    out.fields(function, where, kFunction);
    const auto at = cat("* GenerateContentRequest.", snake_case(where.bracketed()));
    const auto name = text_at(function, "name");
    out.when(function.contains("name") && !good_name(name),
             cat(at,
                 ".name: Invalid function name. Must start with a letter or an underscore. Must be "
                 "alphanumeric (a-z, A-Z, 0-9), underscores (_), dots (.), colons (:), or dashes "
                 "(-), with a maximum length of 128.\n"));
    out.when(!names.insert(name).second, cat("Duplicate function declaration found: ", name));
    const bool old = function.contains("parameters"),
               newer = function.contains("parametersJsonSchema");
    out.when(old && newer,
             cat(at, ": only one of parameters and parameters_json_schema can be set\n"));
    if (old) {
        const auto& schema = function["parameters"];
        const bool object = text_at(schema, "type") == "OBJECT";
        out.when(!object, cat(at, ".parameters: only OBJECT type is supported\n"));
        out.when(object &&
                     (!member_at(schema, "properties").is_object() || schema["properties"].empty()),
                 cat(at, ".parameters.properties: should be non-empty for OBJECT type\n"));
        check_schema(schema, where / "parameters", out);
    }
    if (!newer) return;
    out.when(!terms.model.takes_json_schema(),
             "parameters_json_schema is not supported for this model.");
    check_json_schema(function["parametersJsonSchema"], where / "parametersJsonSchema", out);
}

void check_mode(const Value& config, const Names& names, const Terms& terms, Findings& out) {
    const auto where = Where{} / "toolConfig" / "functionCallingConfig";
    out.fields(config, where, kCalling);
    out.when(config.contains("streamFunctionCallArguments") && !terms.vertex,
             "stream_function_call_arguments is not supported in Gemini API.");
    const auto mode = text_at(config, "mode");
    const bool known =
        mode.empty() || mode == "AUTO" || mode == "ANY" || mode == "NONE" || mode == "VALIDATED";
    out.when(!known,
             cat("Invalid value at 'tool_config.function_calling_config.mode', \"", mode, "\""));
    const auto& allowed = items_at(config, "allowedFunctionNames");
    out.when(!allowed.empty() && mode != "ANY" && mode != "VALIDATED",
             "allowed_function_names should be set only when function calling mode is ANY or "
             "VALIDATED.");
    out.when(mode == "ANY" && names.empty(),
             "Function calling config is set without function_declarations.");
    for (const auto& name : allowed)
        out.when(!name.is_string() || !names.contains(name.get<std::string>()),
                 cat("allowed_function_names contains ", name.dump(), ", which is not declared."));
}

}  // namespace

void check_tools(const Value& body, const Terms& terms, Findings& out) {
    Names names;
    const auto& tools = items_at(body, "tools");
    std::size_t holders = 0;
    for (std::size_t i = 0; i < tools.size(); ++i) {
        const auto where = Where{} / "tools" / i;
        out.fields(tools[i], where, kTool);
        const auto& functions = items_at(tools[i], "functionDeclarations");
        holders += functions.empty() ? 0 : 1;
        for (std::size_t k = 0; k < functions.size(); ++k)
            check_function(functions[k], where / "functionDeclarations" / k, terms, names, out);
    }
    out.when(holders > 1 && terms.vertex,
             "Multiple tools are supported only when they are all search tools.");
    const auto& config = member_at(body, "toolConfig");
    if (!config.is_object()) return;
    constexpr Field kConfig[] = {{"functionCallingConfig", kObject}, {"retrievalConfig", kObject}};
    out.fields(config, Where{} / "toolConfig", kConfig);
    if (config.contains("functionCallingConfig"))
        check_mode(config["functionCallingConfig"], names, terms, out);
}

}  // namespace ogem::fake::gemini
