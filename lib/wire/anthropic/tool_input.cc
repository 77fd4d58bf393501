#include "wire/anthropic/tool_input.h"

#include "base/text.h"
#include "json/cursor.h"

namespace ogem::wire::anthropic {

chat::Json tool_input(const chat::ToolCall& call) {
    if (call.custom) return cat(R"({"input":)", json::quoted(call.arguments), '}');
    const auto text = trim(call.arguments);
    if (text.empty()) return "{}";
    json::Cursor c(text);
    const auto value = c.value();
    if (!c.finish()) return cat(R"({"_raw":)", json::quoted(call.arguments), '}');
    return value.starts_with('{') ? chat::Json(value) : cat(R"({"value":)", value, '}');
}

void write_tool_use(json::Writer& w, const chat::ToolCall& call, std::string_view id) {
    w.begin_object().key("type").value("tool_use").key("id").value(id);
    w.key("name").value(call.name).key("input").raw(tool_input(call)).end_object();
}

}  // namespace ogem::wire::anthropic
