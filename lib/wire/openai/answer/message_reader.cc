#include "wire/openai/answer/message_reader.h"

#include "base/text.h"
#include "json/scan.h"

namespace ogem::wire::openai {

namespace {

std::string text_of(std::string_view raw) {
    return json::string_of(raw).value_or(std::string());
}

// {name, arguments} of a function, {name, input} of a custom tool. Arguments that are no text, but
// the object itself, are taken as their JSON.
void read_body(json::Cursor& c, CallFragment& fragment) {
    std::string_view name;
    for (c.enter_object(); c.next_member(name);) {
        const auto value = c.value();
        if (name == "name") fragment.name = text_of(value);
        if (name != "arguments" && name != "input") continue;
        fragment.arguments = value.starts_with('{') ? std::string(value) : text_of(value);
    }
}

CallFragment read_fragment(json::Cursor& c) {
    CallFragment fragment;
    std::string_view name;
    for (c.enter_object(); c.next_member(name);) {
        const bool body = name == "function" || name == "custom";
        if (name == "custom") fragment.custom = true;
        if (body && c.peek() == '{') {
            read_body(c, fragment);
            continue;
        }
        const auto value = c.value();
        if (name == "id") fragment.id = text_of(value);
        if (name == "index") fragment.index = json::integer_of(value).value_or(-1);
        if (name == "type" && value == "\"custom\"") fragment.custom = true;
    }
    return fragment;
}

Result<void> tell_calls(std::string_view raw, int choice, CallTable& calls,
                        const chat::NewId& new_id, chat::Events& out) {
    json::Cursor c(raw);
    for (c.enter_array(); c.next_element();) {
        if (c.peek() != '{') {
            c.value();
            continue;
        }
        auto added = calls.add(read_fragment(c), choice, new_id, out);
        if (!added) return added;
    }
    return {};
}

Result<void> tell_function_call(std::string_view raw, int choice, CallTable& calls,
                                const chat::NewId& new_id, chat::Events& out) {
    CallFragment fragment;
    fragment.index = 0;
    json::Cursor c(raw);
    read_body(c, fragment);
    return calls.add(std::move(fragment), choice, new_id, out);
}

// Text, or a list of parts as some servers write it.
void tell_content(std::string_view raw, int choice, chat::Events& out) {
    if (raw.starts_with('"')) return out.text(choice, text_of(raw));
    if (!raw.starts_with('[')) return;
    json::Cursor parts(raw);
    for (parts.enter_array(); parts.next_element();) {
        json::Cursor part(parts.value());
        std::string_view name;
        for (part.enter_object(); part.next_member(name);)
            if (const auto value = part.value(); name == "text") out.text(choice, text_of(value));
    }
}

}  // namespace

bool is_filled(std::string_view raw) {
    const bool container = raw.starts_with('[') || raw.starts_with('{');
    return container && !trim(raw.substr(1, raw.size() - 2)).empty();
}

MessageMembers read_message(json::Cursor& c) {
    MessageMembers members;
    if (c.peek() != '{') {
        c.value();
        return members;
    }
    std::string_view name, plain_reasoning;
    for (c.enter_object(); c.next_member(name);) {
        const auto value = c.value();
        if (value == "null") continue;
        if (name == "content") members.content = value;
        if (name == "tool_calls") members.tool_calls = value;
        if (name == "reasoning_content") members.reasoning = value;
        if (name == "reasoning") plain_reasoning = value;
        if (name == "refusal") members.refusal = value;
        if (name == "function_call") members.function_call = value;
        if (name == "annotations") members.annotations = value;
        if (name == "images") members.images = value;
        if (name == "audio") members.audio = value;
    }
    if (members.reasoning.empty()) members.reasoning = plain_reasoning;
    return members;
}

Result<void> tell_message(const MessageMembers& members, int choice, CallTable& calls,
                          const chat::NewId& new_id, chat::Events& out) {
    if (!members.reasoning.empty()) out.reasoning(choice, text_of(members.reasoning));
    if (!members.content.empty()) tell_content(members.content, choice, out);
    if (!members.refusal.empty()) out.refusal(choice, text_of(members.refusal));
    if (members.tool_calls.starts_with('['))
        if (auto told = tell_calls(members.tool_calls, choice, calls, new_id, out); !told)
            return told;
    if (members.function_call.starts_with('{'))
        if (auto told = tell_function_call(members.function_call, choice, calls, new_id, out);
            !told)
            return told;
    const auto pass = [&](const char* name, std::string_view raw) {
        if (is_filled(raw)) out.also(choice, name, std::string(raw));
    };
    pass("annotations", members.annotations);
    pass("images", members.images);
    pass("audio", members.audio);
    return {};
}

}  // namespace ogem::wire::openai
