#include "gateway/mock/request.h"

#include "base/text.h"
#include "gateway/mock/tokens.h"

namespace ogem::gateway::mock {

namespace {

using json::Value;

std::string string_member(const Value& object, std::string_view name) {
    const auto* value = member(object, name);
    return value && value->is_string() ? value->get<std::string>() : "";
}

Result<std::int64_t> whole_number(const Value& body, std::string_view name, std::int64_t low,
                                  std::int64_t high, std::int64_t absent) {
    const auto* value = member(body, name);
    if (!value) return absent;
    if (value->is_number_integer()) {
        const auto number = value->get<std::int64_t>();
        if (number >= low && number <= high) return number;
    }
    return fail(Kind::invalid, cat(name, ": ", value->dump().substr(0, 60),
                                   " is not a whole number from ", low, " to ", high));
}

Result<std::vector<std::string>> read_stop(const Value& body) {
    std::vector<std::string> stop;
    const auto* value = member(body, "stop");
    if (!value) return stop;
    if (value->is_string()) return std::vector{value->get<std::string>()};
    const auto bad = [] {
        return fail(Kind::invalid, "stop: neither a string nor a list of up to 4 strings");
    };
    if (!value->is_array() || value->size() > 4) return bad();
    for (const auto& text : *value) {
        if (!text.is_string()) return bad();
        stop.push_back(text.get<std::string>());
    }
    return stop;
}

// The members that chats and completions share.
Result<Request> read_common(const Value& body) {
    if (!body.is_object()) return fail(Kind::invalid, "the request body is not a JSON object");
    constexpr std::int64_t kMost = 1LL << 40;
    auto n = whole_number(body, "n", 1, 128, 1);
    if (!n) return fail_as(n);
    auto old_limit = whole_number(body, "max_tokens", 1, kMost, 0);
    if (!old_limit) return fail_as(old_limit);
    auto limit = whole_number(body, "max_completion_tokens", 1, kMost, *old_limit);
    if (!limit) return fail_as(limit);
    auto stop = read_stop(body);
    if (!stop) return fail_as(stop);
    const auto* stream = member(body, "stream");
    if (stream && !stream->is_boolean())
        return fail(Kind::invalid, "stream: neither true nor false");
    const auto* options = member(body, "stream_options");
    const auto* usage = options ? member(*options, "include_usage") : nullptr;
    Request request;
    request.n = static_cast<int>(*n);
    request.max_tokens = *limit;
    request.stop = std::move(*stop);
    request.stream = stream && *stream == true;
    request.usage_in_stream = usage && *usage == true;
    return request;
}

// A string, or the text parts of a list with a line break between them.
std::string text_of(const Value* content) {
    if (!content) return {};
    if (content->is_string()) return content->get<std::string>();
    std::vector<std::string> texts;
    if (content->is_array()) {
        for (const auto& part : *content)
            if (string_member(part, "type") == "text") texts.push_back(string_member(part, "text"));
    }
    return join(texts, "\n");
}

Result<void> read_messages(const Value& body, Request& request) {
    const auto* messages = member(body, "messages");
    if (!messages || !messages->is_array() || messages->empty())
        return fail(Kind::invalid, "messages: missing, or not a list with at least one message");
    std::string user_text;
    for (const auto& message : *messages) {
        const auto role = string_member(message, "role");
        if (role.empty()) return fail(Kind::invalid, "messages: one of them has no role");
        const auto text = text_of(member(message, "content"));
        request.prompt_tokens += count_tokens(text);
        request.tool_result = role == "tool" ? std::optional(text) : std::nullopt;
        if (role == "user") user_text = text;
    }
    request.texts = {user_text};
    return {};
}

// The function that tool_choice names, else the first; none where tool_choice is "none".
std::optional<Value> function_to_call(const Value& body) {
    const auto* choice = member(body, "tool_choice");
    const auto* tools = member(body, "tools");
    if (!tools || !tools->is_array() || (choice && *choice == "none")) return std::nullopt;
    const auto* chosen = choice ? member(*choice, "function") : nullptr;
    const auto wanted = chosen ? string_member(*chosen, "name") : "";
    for (const auto& tool : *tools) {
        const auto* function = member(tool, "function");
        if (!function) continue;
        const auto name = string_member(*function, "name");
        if (!name.empty() && (wanted.empty() || wanted == name)) return *function;
    }
    return std::nullopt;
}

}  // namespace

const json::Value* member(const json::Value& object, std::string_view name) {
    if (!object.is_object()) return nullptr;
    const auto it = object.find(name);
    return it == object.end() || it->is_null() ? nullptr : &*it;
}

Result<Request> read_chat(const json::Value& body) {
    auto request = read_common(body);
    if (!request) return request;
    if (auto read = read_messages(body, *request); !read) return fail_as(read);
    request->function = function_to_call(body);
    return request;
}

Result<Request> read_completion(const json::Value& body) {
    auto request = read_common(body);
    if (!request) return request;
    const auto* prompt = member(body, "prompt");
    if (!prompt) return fail(Kind::invalid, "prompt: missing");
    // A list holds prompts, unless it is one prompt of token numbers.
    const bool several = prompt->is_array() && !prompt->empty() && !prompt->front().is_number();
    for (const auto& one : several ? *prompt : Value::array({*prompt}))
        request->texts.push_back(one.is_string() ? one.get<std::string>() : one.dump());
    for (const auto& text : request->texts) request->prompt_tokens += count_tokens(text);
    return request;
}

}  // namespace ogem::gateway::mock
