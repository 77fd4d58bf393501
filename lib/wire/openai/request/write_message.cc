#include "wire/openai/request/write_message.h"

#include <algorithm>

namespace ogem::wire::openai {

namespace {

using chat::Message;
using chat::Part;
using chat::Role;

void write_if(json::Writer& w, std::string_view name, const std::string& text) {
    if (!text.empty()) w.key(name).value(text);
}

// The members of the object inside a part that are not modelled: "image_url.x". `headers` were for
// the download (behaviour.md G4).
void write_inner_rest(json::Writer& w, const Part& part, std::string_view body) {
    for (const auto& extra : part.rest) {
        const std::string_view name = extra.name;
        if (!name.starts_with(body) || name.substr(body.size(), 1) != ".") continue;
        const auto inner = name.substr(body.size() + 1);
        if (inner != "headers") w.key(inner).raw(extra.value);
    }
}

void write_body(json::Writer& w, const Part& part, std::string_view body) {
    w.key(body).begin_object();
    if (part.kind == Part::Kind::audio) {
        w.key("data").value(part.data);
        write_if(w, "format", part.format);
    } else if (body == "file") {
        write_if(w, "filename", part.file_name);
        write_if(w, "file_data", part.data);
        write_if(w, "file_id", part.file_id);
    } else {
        w.key("url").value(part.url);
        write_if(w, "detail", part.detail);
    }
    write_inner_rest(w, part, body);
    w.end_object();
}

// The type of a part, which is also the name of the member that holds its content.
std::string_view type_of(const Part& part) {
    switch (part.kind) {
        case Part::Kind::text:
            return "text";
        case Part::Kind::refusal:
            return "refusal";
        case Part::Kind::image:
            return "image_url";
        case Part::Kind::audio:
            return "input_audio";
        case Part::Kind::file:
            break;
    }
    return part.url.empty() ? "file" : "file_url";
}

// Only OpenAI's own mark; another dialect's would be refused.
void write_cache_mark(json::Writer& w, const Part& part, std::vector<std::string>& dropped) {
    if (part.cache_control.empty()) return;
    if (part.cache_control.find("\"mode\"") == std::string::npos)
        return drop(dropped, "cache_control");
    w.key("prompt_cache_breakpoint").raw(part.cache_control);
}

void write_part(json::Writer& w, const Part& part, Rest rest, std::vector<std::string>& dropped) {
    const auto type = type_of(part);
    w.begin_object().key("type").value(type);
    if (part.kind == Part::Kind::text || part.kind == Part::Kind::refusal) {
        w.key(type).value(part.text);
    } else {
        write_body(w, part, type);
    }
    write_cache_mark(w, part, dropped);
    if (rest == Rest::all)
        for (const auto& extra : part.rest)
            if (extra.name.find('.') == std::string::npos) w.key(extra.name).raw(extra.value);
    w.end_object();
}

void write_call(json::Writer& w, const chat::ToolCall& call) {
    const auto* kind = call.custom ? "custom" : "function";
    const bool empty = call.arguments.empty() && !call.custom;  // pitfall 19
    w.begin_object().key("id").value(call.id).key("type").value(kind).key(kind).begin_object();
    w.key("name").value(call.name).key(call.custom ? "input" : "arguments");
    w.value(empty ? "{}" : call.arguments).end_object().end_object();
}

void write_content(json::Writer& w, const Message& message, Rest rest,
                   std::vector<std::string>& dropped) {
    w.key("content");
    const auto& content = message.content;
    if (content.empty()) {
        // Only an assistant may say nothing.
        message.role == Role::assistant ? w.null() : w.value("");
        return;
    }
    if (message.plain) {
        w.value(content.front().text);
        return;
    }
    w.begin_array();
    for (const auto& part : content) write_part(w, part, rest, dropped);
    w.end_array();
}

std::string_view name_of(const Message& message) {
    switch (message.role) {
        case Role::system:
            return message.developer ? "developer" : "system";
        case Role::assistant:
            return "assistant";
        case Role::tool:
            return "tool";
        case Role::user:
            break;
    }
    return "user";
}

void write_message(json::Writer& w, const Message& message, Rest rest,
                   std::vector<std::string>& dropped) {
    w.begin_object().key("role").value(name_of(message));
    write_if(w, "tool_call_id", message.call_id);
    write_content(w, message, rest, dropped);
    write_if(w, "name", message.name);
    if (!message.calls.empty()) {
        w.key("tool_calls").begin_array();
        for (const auto& call : message.calls) write_call(w, call);
        w.end_array();
    }
    for (const auto& extra : message.rest)
        if (rest == Rest::all || extra.name == "audio") w.key(extra.name).raw(extra.value);
    w.end_object();
}

}  // namespace

void drop(std::vector<std::string>& dropped, std::string_view name) {
    if (std::ranges::find(dropped, name) == dropped.end()) dropped.emplace_back(name);
}

void write_messages(json::Writer& w, const std::vector<Message>& messages, Rest rest,
                    std::vector<std::string>& dropped) {
    w.key("messages").begin_array();
    for (const auto& message : messages) write_message(w, message, rest, dropped);
    w.end_array();
}

}  // namespace ogem::wire::openai
