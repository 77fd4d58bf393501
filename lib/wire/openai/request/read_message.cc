#include "wire/openai/request/read_message.h"

#include "wire/openai/request/read_call.h"
#include "wire/openai/request/read_part.h"
#include "wire/openai/request/words.h"

#include <algorithm>

namespace ogem::wire::openai {

namespace {

using chat::Message;
using chat::Role;

struct Speaker {
    Role role;
    bool developer = false;
    bool legacy = false;  // "function"
};

constexpr Words<Speaker, 6> kSpeakers{{
    {"system", {Role::system}},
    {"user", {Role::user}},
    {"assistant", {Role::assistant}},
    {"tool", {Role::tool}},
    {"developer", {Role::system, true}},
    {"function", {Role::tool, false, true}},
}};

class MessageReader {
public:
    MessageReader(LegacyIds& ids, Message& message) : ids_(ids), message_(message) {}

    Result<void> read(const Spot& spot) {
        auto read = each_member(spot, [&](const Spot& member) { return read_member(member); });
        if (!read) return read;
        if (!role_seen_) return spot.lacks("role");
        if (!refusal_.empty()) add_refusal();
        return settle(spot);
    }

private:
    Result<void> read_member(const Spot& member) {
        const auto name = member.name;
        if (name == "role") return read_role(member);
        if (name == "content") return read_content(member, message_.content, message_.plain);
        if (name == "name") return take(member, message_.name);
        if (name == "tool_call_id") return take(member, message_.call_id);
        if (name == "tool_calls") return read_calls(member, message_.calls);
        if (name == "function_call") return read_function_call(member, function_call_);
        if (name == "refusal") return take(member, refusal_);
        message_.rest.push_back({std::string(name), std::string(member.raw)});
        return {};
    }

    Result<void> read_role(const Spot& member) {
        auto speaker = read_word(member, kSpeakers);
        if (!speaker) return fail_as(speaker);
        role_seen_ = true;
        legacy_ = speaker->legacy;
        message_.role = speaker->role;
        message_.developer = speaker->developer;
        return {};
    }

    // What only makes sense once the role is known, wherever it stood.
    Result<void> settle(const Spot& spot) {
        if (legacy_) {
            if (message_.name.empty()) return spot.lacks("name");
            message_.call_id = ids_.answered(message_.name);
        }
        if (message_.role == Role::tool && message_.call_id.empty())
            return spot.lacks("tool_call_id");
        if (!function_call_.name.empty()) {
            function_call_.id = ids_.called(function_call_.name);
            message_.calls.push_back(std::move(function_call_));
        }
        return {};
    }

    void add_refusal() {
        chat::Part part;
        part.kind = chat::Part::Kind::refusal;
        part.text = std::move(refusal_);
        message_.content.push_back(std::move(part));
        message_.plain = false;
    }

    LegacyIds& ids_;
    Message& message_;
    chat::ToolCall function_call_;
    std::string refusal_;
    bool role_seen_ = false, legacy_ = false;
};

}  // namespace

std::string LegacyIds::called(std::string_view function) {
    open_.push_back({std::string(function), new_id_("call_")});
    return open_.back().id;
}

std::string LegacyIds::answered(std::string_view function) {
    const auto call = std::ranges::find(open_, function, &Open::function);
    if (call == open_.end()) return new_id_("call_");
    auto id = std::move(call->id);
    open_.erase(call);
    return id;
}

Result<void> read_messages(const Spot& list, const chat::NewId& new_id,
                           std::vector<Message>& messages) {
    LegacyIds ids(new_id);
    const auto read_one = [&](const Spot& spot) {
        return MessageReader(ids, messages.emplace_back()).read(spot);
    };
    return each_element(list, [&](const Spot& element) {
        return element.is_array() ? each_element(element, read_one) : read_one(element);
    });
}

}  // namespace ogem::wire::openai
