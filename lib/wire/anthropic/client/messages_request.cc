#include "wire/anthropic/client/messages_request.h"

#include "base/text.h"
#include "wire/anthropic/client/read_blocks.h"
#include "wire/anthropic/client/read_turn.h"

#include <utility>

namespace ogem::wire::anthropic {

namespace {

using openai::each_element;
using openai::each_member;
using openai::take;
using Mode = chat::ToolChoice::Mode;

// A budget in tokens as the effort that asks for about as much.
std::string_view effort_of_budget(std::int64_t tokens) {
    return tokens <= 2048 ? "low" : tokens <= 8192 ? "medium" : "high";
}

class Reader {
public:
    Result<MessagesRequest> read(std::string_view body) {
        const Spot root{trim(body)};
        auto read = each_member(root, [this](const Spot& member) { return take_member(member); });
        if (!read) return fail_as(read);
        if (!has_messages_) return root.lacks("messages");
        auto& messages = out_.chat.messages;
        if (!system_.empty())
            messages.insert(messages.begin(), std::move_iterator(system_.begin()),
                            std::move_iterator(system_.end()));
        // Thinking decides; without a word about it the effort does.
        auto& effort = out_.chat.reasoning_effort;
        if (effort.empty()) effort = adaptive_ && effort_.empty() ? "medium" : effort_;
        out_.chat.usage_asked = out_.chat.stream;
        return std::move(out_);
    }

private:
    Result<void> take_member(const Spot& member) {
        auto& chat = out_.chat;
        auto& sampling = chat.sampling;
        if (member.name == "model") return take(member, chat.model);
        if (member.name == "messages") return take_messages(member);
        if (member.name == "system") return take_system(member);
        if (member.name == "max_tokens") return take(member, sampling.max_tokens);
        if (member.name == "temperature") return take(member, sampling.temperature);
        if (member.name == "top_p") return take(member, sampling.top_p);
        if (member.name == "top_k") return take(member, sampling.top_k);
        if (member.name == "stop_sequences") return take_stop(member);
        if (member.name == "stream") return take(member, chat.stream);
        if (member.name == "tools") return take_tools(member);
        if (member.name == "tool_choice") return take_choice(member);
        if (member.name == "thinking") return take_thinking(member);
        if (member.name == "output_config") return take_output(member);
        if (member.name == "metadata") return take_metadata(member);
        if (member.name == "service_tier") return take_service_tier(member);
        if (member.name == "cache_control") {
            chat.rest.push_back({std::string(member.name), chat::Json(member.raw)});
        } else {
            out_.dropped.emplace_back(member.name);
        }
        return {};
    }

    Result<void> take_messages(const Spot& list) {
        has_messages_ = true;
        return each_element(list, [this](const Spot& message) {
            return read_turn(message, out_.chat.messages, out_.dropped);
        });
    }

    Result<void> take_system(const Spot& content) {
        chat::Json cache_control;
        auto text = read_text(content, "\n", cache_control);
        if (!text) return fail_as(text);
        if (text->empty()) return {};
        auto& message = system_.emplace_back();
        message.role = chat::Role::system;
        message.plain = true;
        auto& part = message.content.emplace_back();
        part.text = std::move(*text);
        part.cache_control = std::move(cache_control);
        return {};
    }

    Result<void> take_stop(const Spot& list) {
        return each_element(list, [this](const Spot& stop) {
            return take(stop, out_.chat.sampling.stop.emplace_back());
        });
    }

    Result<void> take_tools(const Spot& list) {
        return each_element(list, [this](const Spot& tool) { return take_tool(tool); });
    }

    Result<void> take_tool(const Spot& spot) {
        chat::Tool tool;
        std::string type = "custom";
        auto read = each_member(spot, [&](const Spot& member) -> Result<void> {
            if (member.name == "type") return take(member, type);
            if (member.name == "name") return take(member, tool.name);
            if (member.name == "description") return take(member, tool.description);
            if (member.name == "strict") return take(member, tool.strict);
            if (member.name == "input_schema") tool.parameters = member.raw;
            if (member.name == "cache_control") tool.cache_control = member.raw;
            return {};
        });
        if (!read) return read;
        if (type != "custom") {  // Anthropic's servers would run it
            out_.dropped.push_back(std::move(type));
            return {};
        }
        if (tool.name.empty()) return spot.lacks("name");
        out_.chat.tools.push_back(std::move(tool));
        return {};
    }

    Result<void> take_choice(const Spot& choice) {
        const auto type = string_in(choice, "type");
        if (!type) return fail(type.error());
        auto& wish = out_.chat.tool_choice;
        if (*type == "tool") {
            auto name = string_in(choice, "name");
            if (!name) return fail_as(name);
            wish.name = std::move(*name);
        }
        wish.mode = *type == "tool"   ? Mode::named
                    : *type == "any"  ? Mode::required
                    : *type == "none" ? Mode::none
                                      : Mode::automatic;
        if (wish.mode == Mode::automatic && *type != "auto")
            return member_of(choice, "type").refuse("is not auto, any, tool or none");
        if (member_of(choice, "disable_parallel_tool_use").raw == "true")
            out_.chat.parallel_tool_calls = false;
        return {};
    }

    Result<void> take_thinking(const Spot& thinking) {
        const auto type = string_in(thinking, "type");
        if (!type) return fail(type.error());
        adaptive_ = *type == "adaptive";
        if (*type == "enabled") {
            const auto budget = json::integer_of(member_of(thinking, "budget_tokens").raw);
            if (!budget)
                return member_of(thinking, "budget_tokens").refuse("must be a whole number");
            out_.chat.reasoning_effort = effort_of_budget(*budget);
        } else if (!adaptive_) {
            out_.chat.reasoning_effort = "none";  // disabled, between_tools
        }
        return {};
    }

    Result<void> take_output(const Spot& config) {
        return each_member(config, [this](const Spot& member) -> Result<void> {
            if (member.name == "effort") return take(member, effort_);
            if (member.name == "format") return take_format(member);
            out_.dropped.push_back(cat("output_config.", member.name));
            return {};
        });
    }

    Result<void> take_format(const Spot& format) {
        const auto type = string_in(format, "type");
        if (!type) return fail(type.error());
        if (*type != "json_schema") return member_of(format, "type").refuse("is not json_schema");
        auto& wish = out_.chat.response_format;
        wish.kind = chat::ResponseFormat::Kind::json_schema;
        wish.name = "output";
        wish.schema = member_of(format, "schema").raw;
        return {};
    }

    Result<void> take_metadata(const Spot& metadata) {
        return each_member(metadata, [this](const Spot& member) -> Result<void> {
            if (member.name == "user_id") return take(member, out_.chat.user);
            return {};
        });
    }

    Result<void> take_service_tier(const Spot& tier) {
        std::string word;
        if (auto taken = take(tier, word); !taken) return taken;
        out_.chat.service_tier = word == "standard_only" ? "default" : "auto";
        return {};
    }

    MessagesRequest out_;
    std::vector<chat::Message> system_;
    std::string effort_;
    bool has_messages_ = false, adaptive_ = false;
};

}  // namespace

Result<MessagesRequest> read_messages_request(std::string_view body) {
    return Reader().read(body);
}

}  // namespace ogem::wire::anthropic
