#include "openai/understand.h"

#include <algorithm>

namespace ogem::fake::openai {

namespace {

using json::Value;

// A content as one text: a string, or the texts among its parts.
std::string said_in(const Value& content) {
    if (content.is_string()) return content.get<std::string>();
    std::string out;
    if (content.is_array())
        for (const auto& part : content) out += text_at(part, "text");
    return out;
}

void read_messages(const Value& body, Talk& talk) {
    for (const auto& message : items_at(body, "messages")) {
        const auto role = text_at(message, "role");
        const auto said = said_in(member_at(message, "content"));
        if (role == "user") talk.said = said;
        if (role == "tool")
            talk.results.push_back(said);
        else
            talk.results.clear();
    }
}

void read_tools(const Value& body, Talk& talk) {
    for (const auto& tool : items_at(body, "tools")) {
        const auto& function = member_at(tool, "function");
        talk.tools.push_back({text_at(function, "name"), member_at(function, "parameters")});
    }
    const auto& choice = member_at(body, "tool_choice");
    talk.may_call = choice != "none";
    talk.must_call = choice == "required" || choice.is_object();
    talk.only = text_at(member_at(choice, "function"), "name");
    talk.serial = member_at(body, "parallel_tool_calls") == false;
}

void read_limits(const Value& body, Talk& talk) {
    const auto& stop = member_at(body, "stop");
    if (stop.is_string()) talk.stops.push_back(stop.get<std::string>());
    for (const auto& one : items_at(body, "stop"))
        if (one.is_string()) talk.stops.push_back(one.get<std::string>());
    for (const auto* const name : {"max_tokens", "max_completion_tokens"})
        if (member_at(body, name).is_number_unsigned())
            talk.most_words = member_at(body, name).get<std::size_t>();
    const auto& format = member_at(body, "response_format");
    if (text_at(format, "type") == "json_object") talk.format = Value{};
    if (text_at(format, "type") == "json_schema")
        talk.format = member_at(member_at(format, "json_schema"), "schema");
}

std::size_t inputs_of(const Value& body) {
    const auto& input = member_at(body, "input");
    const bool tokens = input.is_array() && !input.empty() && input[0].is_number();
    return input.is_array() && !tokens ? input.size() : 1;
}

}  // namespace

void understand(const Value& body, Ask& ask) {
    ask.base64 = text_at(body, "encoding_format") == "base64";
    ask.inputs = inputs_of(body);
    if (member_at(body, "n").is_number_unsigned())
        ask.choices = std::clamp<std::size_t>(body["n"].get<std::size_t>(), 1, 128);
    read_messages(body, ask.talk);
    if (ask.route.endpoint == Endpoint::completions)
        ask.talk.said = said_in(member_at(body, "prompt"));
    read_tools(body, ask.talk);
    read_limits(body, ask.talk);
}

}  // namespace ogem::fake::openai
