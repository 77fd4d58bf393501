#include "anthropic/anthropic.h"
#include "anthropic/rules.h"

namespace ogem::fake::anthropic {

namespace {

using json::Value;

std::string said_in(const Value& content) {
    std::string out;
    for (const auto& block : blocks_of(content)) out += text_at(block, "text");
    return out;
}

void read_messages(const Value& messages, Talk& talk) {
    for (const auto& message : messages) {
        const auto content = blocks_of(member_at(message, "content"));
        talk.results.clear();
        for (const auto& block : content)
            if (text_at(block, "type") == "tool_result")
                talk.results.push_back(said_in(member_at(block, "content")));
        const auto said = said_in(content);
        if (text_at(message, "role") == "user" && !said.empty()) talk.said = said;
    }
}

void read_tools(const Value& body, Talk& talk) {
    for (const auto& tool : items_at(body, "tools"))
        talk.tools.push_back({text_at(tool, "name"), member_at(tool, "input_schema")});
    const auto& choice = member_at(body, "tool_choice");
    const auto type = text_at(choice, "type");
    talk.may_call = type != "none";
    talk.must_call = type == "any" || type == "tool";
    talk.only = text_at(choice, "name");
    talk.serial = member_at(choice, "disable_parallel_tool_use") == true;
}

}  // namespace

void understand(const Value& body, Ask& ask) {
    auto& talk = ask.talk;
    ask.stream = member_at(body, "stream") == true;
    read_messages(items_at(body, "messages"), talk);
    read_tools(body, talk);
    for (const auto& stop : items_at(body, "stop_sequences"))
        if (stop.is_string()) talk.stops.push_back(stop.get<std::string>());
    const auto& most = member_at(body, "max_tokens");
    if (most.is_number_unsigned()) talk.most_words = most.get<std::size_t>();
    const auto& thinking = member_at(body, "thinking");
    const auto type = text_at(thinking, "type");
    talk.thinking = type == "enabled" || type == "adaptive";
    talk.hide_thoughts = text_at(thinking, "display") == "omitted";
    const auto& format = member_at(member_at(body, "output_config"), "format");
    if (format.is_object()) talk.format = member_at(format, "schema");
}

}  // namespace ogem::fake::anthropic
