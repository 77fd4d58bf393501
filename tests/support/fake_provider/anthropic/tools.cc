// Tools and the choice among them. A tool of a server's (a `type` other than custom) is not looked
// into.
#include "anthropic/rules.h"
#include "base/text.h"
#include "say/talk.h"

#include <set>

namespace ogem::fake::anthropic {

namespace {

using json::Value;

constexpr Field kTool[] = {{"name", kString, true},
                           {"input_schema", kObject, true},
                           {"description", kString},
                           {"type", kString | kNull},
                           {"cache_control", kObject | kNull},
                           {"strict", kBoolean},
                           {"eager_input_streaming", kBoolean | kNull},
                           {"defer_loading", kBoolean},
                           {"allowed_callers", kArray},
                           {"input_examples", kArray}};

void check_input_schema(const Value& schema, const Where& where, Findings& out) {
    if (!schema.is_object()) return;
    out.when(!schema.contains("type"), cat(where.dotted(), ".type: Field required"));
    out.when(schema.contains("type") && schema["type"] != "object",
             cat(where.dotted(), ".type: Input should be 'object'"));
    for (const auto* const word : {"oneOf", "allOf", "anyOf"})
        out.when(schema.contains(word),
                 cat(where.dotted(),
                     ": input_schema does not support oneOf, allOf, or anyOf at the top level"));
    const auto& properties = member_at(schema, "properties");
    if (!properties.is_object()) return;
    for (const auto& [name, property] : properties.items())
        out.when(!matches(name, cat(kWordLetters, "."), 64),
                 cat(where.dotted(),
                     ".properties: Property keys should match pattern '^[a-zA-Z0-9_.-]{1,64}$'"));
}

void check_tool(const Value& tool, std::size_t index, const Terms& terms, Findings& out) {
    const auto where = Where{} / "tools" / index;
    const auto type = text_at(tool, "type");
    if (!out.is(tool, where, kObject) || (!type.empty() && type != "custom")) return;
    const auto here = where / "custom";
    out.fields(tool, here, kTool);
    const auto name = text_at(tool, "name");
    out.when(tool.contains("name") && !matches(name, kWordLetters, 128),
             cat(here.dotted(), ".name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'"));
    out.when(member_at(tool, "description") == "",
             cat(here.dotted(), ".description: String should have at least 1 character"));
    const auto schema = here / "input_schema";
    check_input_schema(member_at(tool, "input_schema"), schema, out);
    if (member_at(tool, "strict") == true)
        check_strict_schema(member_at(tool, "input_schema"), schema, out);
    check_cache_control(tool, here, out);
    out.when(member_at(tool, "strict") == true && !terms.model.takes_format(),
             cat("'", terms.model_name, "' does not support strict tools."));
}

void check_choice(const Value& body, const std::set<std::string>& names, Findings& out) {
    if (!body.contains("tool_choice")) return;
    const auto& choice = body["tool_choice"];
    const auto type = text_at(choice, "type");
    const bool known = type == "auto" || type == "any" || type == "tool" || type == "none";
    if (!known)
        return out.say(cat("tool_choice: Input tag '", type,
                           "' found using 'type' does not match any of the expected tags: 'auto', "
                           "'any', 'tool', 'none'"));
    std::vector<Field> fields{{"type", kString, true}};
    if (type != "none") fields.push_back({"disable_parallel_tool_use", kBoolean});
    if (type == "tool") fields.push_back({"name", kString, true});
    out.fields(choice, Where{} / "tool_choice" / type, fields);
    out.when(names.empty() && type != "none",
             "tool_choice: tool_choice may only be specified while providing tools");
    const auto name = text_at(choice, "name");
    out.when(type == "tool" && !name.empty() && !names.contains(name),
             cat("tool_choice: Tool '", name, "' not found in provided tools"));
}

}  // namespace

void check_tools(const Value& body, const Terms& terms, Findings& out) {
    std::set<std::string> names;
    const auto& tools = items_at(body, "tools");
    for (std::size_t i = 0; i < tools.size(); ++i) {
        check_tool(tools[i], i, terms, out);
        out.when(!names.insert(text_at(tools[i], "name")).second,
                 "tools: Tool names must be unique.");
    }
    check_choice(body, names, out);
}

}  // namespace ogem::fake::anthropic
