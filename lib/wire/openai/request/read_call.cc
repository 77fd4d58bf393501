#include "wire/openai/request/read_call.h"

#include "wire/openai/request/words.h"

namespace ogem::wire::openai {

namespace {

using chat::ToolCall;

constexpr Words<bool, 2> kIsCustom{{{"function", false}, {"custom", true}}};

Result<void> read_custom_call(const Spot& spot, ToolCall& call) {
    auto read = each_member(spot, [&](const Spot& member) -> Result<void> {
        if (member.name == "name") return take(member, call.name);
        if (member.name == "input") return take(member, call.arguments);
        return {};
    });
    if (read && call.name.empty()) return spot.lacks("name");
    return read;
}

Result<void> read_type(const Spot& spot) {
    auto custom = read_word(spot, kIsCustom);
    if (!custom) return fail_as(custom);
    return {};
}

Result<void> read_call(const Spot& spot, ToolCall& call) {
    bool has_body = false;
    auto read = each_member(spot, [&](const Spot& member) -> Result<void> {
        if (member.name == "id") return take(member, call.id);
        if (member.name == "type") return read_type(member);
        const bool custom = member.name == "custom";
        if (!custom && member.name != "function") return {};
        call.custom = custom;
        has_body = true;
        return custom ? read_custom_call(member, call) : read_function_call(member, call);
    });
    if (!read) return read;
    if (call.id.empty()) return spot.lacks("id");
    return has_body ? Result<void>() : spot.lacks("function");
}

}  // namespace

Result<void> read_function_call(const Spot& spot, ToolCall& call) {
    auto read = each_member(spot, [&](const Spot& member) -> Result<void> {
        if (member.name == "name") return take(member, call.name);
        if (member.name != "arguments") return {};
        if (!member.is_object()) return take(member, call.arguments);
        call.arguments = member.raw;
        return {};
    });
    if (read && call.name.empty()) return spot.lacks("name");
    return read;
}

Result<void> read_calls(const Spot& list, std::vector<ToolCall>& calls) {
    calls.clear();
    return each_element(
        list, [&](const Spot& element) { return read_call(element, calls.emplace_back()); });
}

}  // namespace ogem::wire::openai
