#include "wire/anthropic/client/read_turn.h"

#include "base/text.h"
#include "json/compact.h"

#include <utility>

namespace ogem::wire::anthropic {

namespace {

using chat::Message;
using chat::Part;
using chat::Role;

Message plain_message(Role role, std::string text, chat::Json cache_control = {}) {
    Message message;
    message.role = role;
    message.plain = true;
    message.content.emplace_back();
    message.content.back().text = std::move(text);
    message.content.back().cache_control = std::move(cache_control);
    return message;
}

// Calls `visit(block, type)` for each block; a string is one text.
template <class Visit>
Result<void> each_block(const Spot& content, Visit visit) {
    return each_element(content, [&](const Spot& block) -> Result<void> {
        if (!block.is_object()) return block.refuse("must be an object");
        const auto type = string_in(block, "type");
        if (!type) return fail(type.error());
        return visit(block, *type);
    });
}

// The messages that one turn of a user is.
struct UserTurn {
    std::vector<Message> results;
    std::vector<Part> moved;  // out of results, which hold text only elsewhere
    std::vector<Part> parts;

    Result<void> add_result(const Spot& block) {
        auto id = string_in(block, "tool_use_id");
        if (!id) return fail_as(id);
        const auto content = member_of(block, "content");
        std::string text;
        if (auto read = read_content(content, text); !read) return read;
        if (member_of(block, "is_error").raw == "true") text.insert(0, "Error: ");
        results.push_back(plain_message(Role::tool, std::move(text),
                                        chat::Json(member_of(block, "cache_control").raw)));
        results.back().call_id = std::move(*id);
        return {};
    }

private:
    Result<void> read_content(const Spot& content, std::string& text) {
        if (content.raw.empty()) return {};
        if (content.is_string()) return take(content, text);
        return each_block(content, [&](const Spot& block, std::string_view type) -> Result<void> {
            auto part = read_part(block, type);
            if (!part) return fail_as(part);
            if (part->kind != Part::Kind::text) {
                moved.push_back(std::move(*part));
                return {};
            }
            append(text, text.empty() ? "" : "\n", part->text);
            return {};
        });
    }
};

Result<void> read_user(const Spot& content, std::vector<Message>& messages) {
    UserTurn turn;
    auto read = each_block(content, [&](const Spot& block, std::string_view type) -> Result<void> {
        if (type == "tool_result") return turn.add_result(block);
        auto part = read_part(block, type);
        if (!part) return fail_as(part);
        turn.parts.push_back(std::move(*part));
        return {};
    });
    if (!read) return read;
    Message user;
    user.content = std::move(turn.moved);
    for (auto& part : turn.parts) user.content.push_back(std::move(part));
    user.plain = user.content.size() == 1 && user.content.front().kind == Part::Kind::text;
    const bool only_results = user.content.empty() && !turn.results.empty();
    for (auto& result : turn.results) messages.push_back(std::move(result));
    if (!only_results) messages.push_back(std::move(user));
    return {};
}

Result<chat::ToolCall> read_call(const Spot& block) {
    chat::ToolCall call;
    auto id = string_in(block, "id");
    if (!id) return fail_as(id);
    auto name = string_in(block, "name");
    if (!name) return fail_as(name);
    call.id = std::move(*id);
    call.name = std::move(*name);
    const auto input = member_of(block, "input");
    call.arguments = input.raw.empty() ? "{}" : json::compact(input.raw);
    return call;
}

Result<void> read_assistant(const Spot& content, std::vector<Message>& messages,
                            std::vector<std::string>& dropped) {
    Message message;
    message.role = Role::assistant;
    std::string text;
    auto read = each_block(content, [&](const Spot& block, std::string_view type) -> Result<void> {
        if (type == "text") {
            auto part = read_part(block, type);
            if (!part) return fail_as(part);
            text += part->text;
        } else if (type == "tool_use") {
            auto call = read_call(block);
            if (!call) return fail_as(call);
            message.calls.push_back(std::move(*call));
        } else if (type == "thinking" || type == "redacted_thinking") {
            message.thinking.emplace_back(block.raw);
        } else {
            dropped.emplace_back(type);
        }
        return {};
    });
    if (!read) return read;
    if (!text.empty()) {
        message.plain = true;
        message.content.emplace_back();
        message.content.back().text = std::move(text);
    }
    messages.push_back(std::move(message));
    return {};
}

Result<void> read_system(const Spot& content, std::vector<Message>& messages) {
    chat::Json cache_control;
    auto text = read_text(content, "\n", cache_control);
    if (!text) return fail_as(text);
    messages.push_back(plain_message(Role::system, std::move(*text), std::move(cache_control)));
    return {};
}

}  // namespace

Result<void> read_turn(const Spot& message, std::vector<Message>& messages,
                       std::vector<std::string>& dropped) {
    if (!message.is_object()) return message.refuse("must be an object");
    const auto role = string_in(message, "role");
    if (!role) return fail(role.error());
    const auto content = member_of(message, "content");
    if (content.raw.empty()) return message.lacks("content");
    if (*role == "system") return read_system(content, messages);
    const bool user = *role == "user";
    if (!user && *role != "assistant")
        return member_of(message, "role")
            .refuse(cat('"', role->substr(0, 80), "\" is not user, assistant or system"));
    if (content.is_string()) {
        std::string text;
        if (auto taken = take(content, text); !taken) return taken;
        messages.push_back(plain_message(user ? Role::user : Role::assistant, std::move(text)));
        return {};
    }
    return user ? read_user(content, messages) : read_assistant(content, messages, dropped);
}

}  // namespace ogem::wire::anthropic
