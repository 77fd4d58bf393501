#include "wire/openai/chat_request.h"

#include "base/text.h"
#include "wire/openai/request/read_format.h"
#include "wire/openai/request/read_message.h"
#include "wire/openai/request/read_sampling.h"
#include "wire/openai/request/read_tools.h"

namespace ogem::wire::openai {

namespace {

using chat::Request;

struct Reader {
    const chat::NewId& new_id;
    Request request;
    chat::ToolChoice function_choice;  // of the deprecated pair
    std::vector<chat::Tool> functions;

    Result<void> read_member(const Spot& member) {
        const auto name = member.name;
        if (name == "model") return take(member, request.model);
        if (name == "messages") return read_conversation(member);
        if (name == "tools") return read_tools(member, request.tools);
        if (name == "tool_choice") return read_tool_choice(member, request.tool_choice);
        if (name == "functions") return read_functions(member, functions);
        if (name == "function_call") return read_function_choice(member, function_choice);
        if (name == "parallel_tool_calls") return take(member, request.parallel_tool_calls);
        if (name == "response_format") return read_format(member, request.response_format);
        if (name == "reasoning_effort") return take(member, request.reasoning_effort);
        if (name == "logprobs") return take(member, request.sampling.logprobs);
        if (name == "top_logprobs") return take(member, request.sampling.top_logprobs);
        const auto known = read_sampling(member, request);
        if (!known) return fail(known.error());
        if (!*known) request.rest.push_back({std::string(name), std::string(member.raw)});
        return {};
    }

    Result<void> read_conversation(const Spot& member) {
        request.messages.clear();
        return read_messages(member, new_id, request.messages);
    }

    // The deprecated pair counts only where the new one is absent.
    void settle_functions() {
        if (!request.tools.empty() || functions.empty()) return;
        request.legacy_functions = true;
        request.tools = std::move(functions);
        if (request.tool_choice.mode == chat::ToolChoice::Mode::unset)
            request.tool_choice = std::move(function_choice);
    }
};

}  // namespace

Result<Request> read_chat_request(std::string_view body, const chat::NewId& new_id) {
    const Spot spot{trim(body)};
    Reader reader{new_id, {}, {}, {}};
    auto read = each_member(spot, [&](const Spot& member) { return reader.read_member(member); });
    if (!read) return fail_as(read);
    if (reader.request.messages.empty()) {
        const auto messages = spot.member("messages", {});
        return messages.refuse("is missing or empty; send at least one message");
    }
    reader.settle_functions();
    settle_user(reader.request);
    return std::move(reader.request);
}

}  // namespace ogem::wire::openai
