// Messages of a chat: roles, what each may hold, and answers to tool calls.
#include "base/text.h"
#include "openai/rules.h"
#include "say/talk.h"

#include <set>

namespace ogem::fake::openai {

namespace {

using json::Value;

constexpr Field kSystem[] = {
    {"role", kString, true}, {"content", kString | kArray, true}, {"name", kString}};
constexpr Field kAssistant[] = {{"role", kString, true},   {"content", kString | kArray | kNull},
                                {"name", kString},         {"refusal", kString | kNull},
                                {"tool_calls", kArray},    {"function_call", kObject | kNull},
                                {"audio", kObject | kNull}};
constexpr Field kTool[] = {
    {"role", kString, true}, {"content", kString | kArray, true}, {"tool_call_id", kString, true}};
constexpr Field kFunction[] = {
    {"role", kString, true}, {"content", kString | kNull, true}, {"name", kString, true}};
constexpr Field kPart[] = {{"type", kString, true},  {"text", kString}, {"image_url", kObject},
                           {"input_audio", kObject}, {"file", kObject}, {"refusal", kString}};
constexpr Field kCall[] = {
    {"id", kString, true}, {"type", kString, true}, {"function", kObject}, {"custom", kObject}};
constexpr Field kCalled[] = {{"name", kString, true}, {"arguments", kString, true}};

std::span<const Field> fields_of(std::string_view role) {
    if (role == "assistant") return kAssistant;
    if (role == "tool") return kTool;
    if (role == "function") return kFunction;
    return kSystem;
}

bool is_role(std::string_view role) {
    constexpr std::string_view kRoles = " system developer user assistant tool function ";
    return kRoles.find(cat(' ', role, ' ')) != std::string_view::npos;
}

void check_calls(const Value& calls, const Where& where, std::set<std::string>& open,
                 Findings& out) {
    if (calls.is_array() && calls.empty())
        out.say({400,
                 cat("Invalid '", where.bracketed(),
                     "': empty array. Expected an array with minimum length 1, but got an empty "
                     "array instead."),
                 "empty_array", where.bracketed()});
    for (std::size_t i = 0; i < calls.size(); ++i) {
        out.fields(calls[i], where / i, kCall);
        if (text_at(calls[i], "type") == "function")
            out.fields(member_at(calls[i], "function"), where / i / "function", kCalled);
        open.insert(text_at(calls[i], "id"));
    }
}

void check_open(const std::set<std::string>& open, Findings& out) {
    if (open.empty()) return;
    out.say({400,
             cat("An assistant message with 'tool_calls' must be followed by tool messages "
                 "responding to each 'tool_call_id'. The following tool_call_ids did not have "
                 "response messages: ",
                 join({open.begin(), open.end()}, ", ")),
             "", "messages"});
}

}  // namespace

void check_messages(const Value& messages, Findings& out) {
    if (messages.empty())
        out.say({400,
                 "Invalid 'messages': empty array. Expected an array with minimum length 1, but "
                 "got an empty array instead.",
                 "empty_array", "messages"});
    std::set<std::string> open;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const auto where = Where{} / "messages" / i;
        const auto role = text_at(messages[i], "role");
        if (messages[i].is_object() && messages[i].contains("role") && !is_role(role))
            out.say({400,
                     cat("Invalid value: '", role,
                         "'. Supported values are: 'system', 'assistant', "
                         "'user', 'function', 'tool', and 'developer'."),
                     "invalid_value", (where / "role").bracketed()});
        out.fields(messages[i], where, fields_of(role));
        const auto& parts = items_at(messages[i], "content");
        for (std::size_t k = 0; k < parts.size(); ++k)
            out.fields(parts[k], where / "content" / k, kPart);
        if (role == "tool") {
            if (open.erase(text_at(messages[i], "tool_call_id")) == 0)
                out.say({400,
                         "Invalid parameter: messages with role 'tool' must be a response to a "
                         "preceeding message with 'tool_calls'.",
                         "", (where / "role").bracketed()});
            continue;
        }
        check_open(open, out);
        open.clear();
        if (role == "assistant" && messages[i].contains("tool_calls"))
            check_calls(messages[i]["tool_calls"], where / "tool_calls", open, out);
    }
    check_open(open, out);
}

}  // namespace ogem::fake::openai
