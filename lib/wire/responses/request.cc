#include "wire/responses/request.h"

#include "base/text.h"
#include "json/writer.h"
#include "wire/openai/request/read_sampling.h"
#include "wire/responses/input.h"
#include "wire/responses/tools.h"

#include <algorithm>

namespace ogem::wire::responses {

namespace {

using openai::each_member;
using openai::Spot;
using openai::take;

using Names = std::initializer_list<std::string_view>;

bool is_one_of(std::string_view name, Names names) {
    return std::ranges::find(names, name) != names.end();
}

// The same in a chat request.
bool is_shared(std::string_view name) {
    return is_one_of(
        name, {"temperature", "top_p", "stream", "user", "safety_identifier", "service_tier"});
}
// The same in a chat request, where it is not modelled.
bool is_passed_on(std::string_view name) {
    return is_one_of(name, {"metadata", "store", "prompt_cache_key", "prompt_cache_retention",
                            "prompt_cache_options"});
}
// Repeated in the answer where the request gave it.
bool is_echoed(std::string_view name) {
    return is_one_of(name, {"max_output_tokens", "previous_response_id", "reasoning", "text",
                            "store", "truncation", "user", "safety_identifier", "service_tier",
                            "prompt_cache_key", "background", "top_logprobs", "max_tool_calls"});
}

struct Reader {
    Request request;
    std::vector<chat::Message> messages;             // of `input`
    std::vector<std::string> items, members, inner;  // dropped, by where they stood

    Result<void> read_member(const Spot& member) {
        echo(member);
        const auto name = member.name;
        auto& chat = request.chat;
        if (name == "model") return take(member, chat.model);
        if (name == "input") return read_input(member, messages, items);
        if (name == "instructions") return read_instructions(member);
        if (name == "tools") return read_tools(member, chat.tools, request.dropped);
        if (name == "tool_choice") return read_tool_choice(member, chat.tool_choice);
        if (name == "parallel_tool_calls") return take(member, chat.parallel_tool_calls);
        if (name == "max_output_tokens") return read_limit(member);
        if (name == "top_logprobs") return read_logprobs(member);
        if (name == "reasoning") return read_reasoning(member);
        if (name == "text") return read_text(member);
        if (name == "previous_response_id") return take(member, request.previous_response_id);
        if (name == "background") return take(member, request.background);
        if (name == "conversation" || name == "prompt")
            return member.refuse(
                "is kept at OpenAI, where this model is not; send the input itself");
        return read_other(member);
    }

    Result<void> read_other(const Spot& member) {
        auto& chat = request.chat;
        if (is_shared(member.name)) {
            const auto read = openai::read_sampling(member, chat);
            return read ? Result<void>() : fail(read.error());
        }
        if (member.name == "store")
            if (auto taken = take(member, request.store); !taken) return taken;
        if (is_passed_on(member.name)) {
            chat.rest.push_back({std::string(member.name), std::string(member.raw)});
        } else if (member.name != "stream_options") {
            members.emplace_back(member.name);
        }
        return {};
    }

    void echo(const Spot& member) {
        auto& echo = request.echo;
        const std::pair<std::string_view, chat::Json*> always[] = {
            {"instructions", &echo.instructions},
            {"metadata", &echo.metadata},
            {"temperature", &echo.temperature},
            {"top_p", &echo.top_p},
            {"tool_choice", &echo.tool_choice},
            {"tools", &echo.tools},
            {"parallel_tool_calls", &echo.parallel_tool_calls}};
        for (const auto& [name, value] : always)
            if (member.name == name) *value = member.raw;
        if (is_echoed(member.name))
            echo.others.push_back({std::string(member.name), std::string(member.raw)});
    }

    Result<void> read_instructions(const Spot& member) {
        auto& message = request.chat.messages.emplace_back();
        message.role = chat::Role::system;
        message.plain = true;
        return take(member, message.content.emplace_back().text);
    }

    Result<void> read_limit(const Spot& member) {
        auto& limit = request.chat.sampling.max_tokens;
        auto taken = take(member, limit);
        if (taken && *limit < 1) return member.refuse("must be at least 1");
        return taken;
    }

    Result<void> read_logprobs(const Spot& member) {
        auto& sampling = request.chat.sampling;
        auto taken = take(member, sampling.top_logprobs);
        if (taken) sampling.logprobs = true;
        return taken;
    }

    Result<void> read_reasoning(const Spot& reasoning) {
        return each_member(reasoning, [&](const Spot& member) -> Result<void> {
            if (member.name == "effort") return take(member, request.chat.reasoning_effort);
            inner.push_back(member.path());
            return {};
        });
    }

    Result<void> read_text(const Spot& text) {
        return each_member(text, [&](const Spot& member) -> Result<void> {
            if (member.name == "format") return read_format(member, request.chat.response_format);
            if (member.name == "verbosity") {
                request.chat.rest.push_back({"verbosity", std::string(member.raw)});
            } else {
                inner.push_back(member.path());
            }
            return {};
        });
    }

    void settle() {
        auto& chat = request.chat;
        std::ranges::move(messages, std::back_inserter(chat.messages));
        chat.usage_asked = chat.stream;  // the last event tells it
        for (auto* names : {&items, &members, &inner})
            std::ranges::move(*names, std::back_inserter(request.dropped));
    }
};

}  // namespace

Result<Request> read_request(std::string_view body) {
    const Spot spot{trim(body)};
    Reader reader;
    auto read = each_member(spot, [&](const Spot& member) { return reader.read_member(member); });
    if (!read) return fail_as(read);
    if (reader.messages.empty() && reader.request.previous_response_id.empty())
        return spot.member("input", {}).refuse("is missing or empty; send at least one message");
    reader.settle();
    openai::settle_user(reader.request.chat);
    return std::move(reader.request);
}

}  // namespace ogem::wire::responses
