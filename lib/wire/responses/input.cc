#include "wire/responses/input.h"

#include "base/text.h"
#include "wire/openai/request/words.h"
#include "wire/responses/content.h"

#include <algorithm>
#include <optional>

namespace ogem::wire::responses {

namespace {

using chat::Message;
using chat::Part;
using chat::Role;
using openai::each_element;
using openai::each_member;
using openai::Spot;
using openai::take;

constexpr openai::Words<Role, 4> kRoles{{{"user", Role::user},
                                         {"assistant", Role::assistant},
                                         {"system", Role::system},
                                         {"developer", Role::system}}};

// What an item may hold, whatever its type; read in one walk.
struct Item {
    std::optional<Role> role;
    std::vector<Part> content, output;
    std::string id, call_id, name, text;  // text: arguments, or the input of a custom tool
    bool has_output = false;
};

Result<void> read_role(const Spot& spot, std::optional<Role>& role) {
    auto word = openai::read_word(spot, kRoles);
    if (!word) return fail_as(word);
    role = *word;
    return {};
}

Result<void> read_item(const Spot& spot, Item& item) {
    return each_member(spot, [&](const Spot& member) -> Result<void> {
        const auto name = member.name;
        if (name == "role") return read_role(member, item.role);
        if (name == "content") return read_content(member, item.content);
        if (name == "call_id") return take(member, item.call_id);
        if (name == "id") return take(member, item.id);
        if (name == "name") return take(member, item.name);
        if (name == "arguments" || name == "input") return take(member, item.text);
        if (name == "action") item.text = member.raw;
        if (name != "output") return {};
        item.has_output = true;
        return read_content(member, item.output);
    });
}

Result<std::string> type_of(const Spot& spot) {
    std::string type;
    auto read = each_member(spot, [&](const Spot& member) -> Result<void> {
        return member.name == "type" ? take(member, type) : Result<void>();
    });
    if (!read) return fail_as(read);
    return type.empty() ? "message" : type;
}

class Conversation {
public:
    Conversation(std::vector<Message>& messages, std::vector<std::string>& dropped)
        : messages_(messages), dropped_(dropped) {}

    Result<void> add(const Spot& spot) {
        auto type = type_of(spot);
        if (!type) return fail_as(type);
        if (*type == "message") return add_message(spot);
        if (is_result(*type)) return add_result(spot);
        const bool custom = *type == "custom_tool_call";
        if (custom || *type == "function_call") return add_call(spot, custom, {});
        if (*type == "local_shell_call") return add_call(spot, false, "local_shell");
        return drop(spot, *type);
    }

    // Pictures of results, once the run of results is over.
    void flush() {
        if (pictures_.empty()) return;
        auto& message = messages_.emplace_back();
        message.content = std::move(pictures_);
        pictures_.clear();
    }

private:
    static bool is_result(std::string_view type) {
        return type == "function_call_output" || type == "custom_tool_call_output" ||
               type == "local_shell_call_output";
    }

    Result<void> add_message(const Spot& spot) {
        Item item;
        if (auto read = read_item(spot, item); !read) return read;
        if (!item.role) return spot.lacks("role");
        flush();
        auto& message = messages_.emplace_back();
        message.role = *item.role;
        message.content = std::move(item.content);
        message.plain = is_plain(message.content);
        return {};
    }

    Result<void> add_call(const Spot& spot, bool custom, std::string_view fixed_name) {
        Item item;
        if (auto read = read_item(spot, item); !read) return read;
        if (item.call_id.empty()) return spot.lacks("call_id");
        if (!fixed_name.empty()) item.name = fixed_name;
        if (item.name.empty()) return spot.lacks("name");
        flush();
        if (messages_.empty() || messages_.back().role != Role::assistant)
            messages_.emplace_back().role = Role::assistant;
        messages_.back().calls.push_back(
            {std::move(item.call_id), std::move(item.name), std::move(item.text), custom, {}});
        return {};
    }

    Result<void> add_result(const Spot& spot) {
        Item item;
        if (auto read = read_item(spot, item); !read) return read;
        if (item.call_id.empty()) item.call_id = std::move(item.id);  // local shells
        if (item.call_id.empty()) return spot.lacks("call_id");
        if (!item.has_output) return spot.lacks("output");
        auto& message = messages_.emplace_back();
        message.role = Role::tool;
        message.call_id = std::move(item.call_id);
        message.plain = true;
        std::string text;
        for (auto& part : item.output) {
            const bool is_text = part.kind == Part::Kind::text || part.kind == Part::Kind::refusal;
            if (is_text) append(text, text.empty() ? "" : "\n", part.text);
            if (!is_text) pictures_.push_back(std::move(part));
        }
        message.content.emplace_back().text = std::move(text);
        return {};
    }

    // What OpenAI's own tools did and thought means nothing elsewhere.
    Result<void> drop(const Spot& spot, const std::string& type) {
        if (type == "item_reference")
            return spot.refuse("refers to an item that is not stored here; send the item itself");
        const bool known = type == "reasoning" || type == "compaction" ||
                           type == "configuration_update" || type.starts_with("mcp_") ||
                           type.ends_with("_call") || type.ends_with("_output");
        if (!known)
            return spot.member("type", spot.raw)
                .refuse(cat("\"", type.substr(0, 80), "\" is no item that we know"));
        dropped_.push_back(cat(spot.path(), ':', type));
        return {};
    }

    std::vector<Message>& messages_;
    std::vector<std::string>& dropped_;
    std::vector<Part> pictures_;
};

}  // namespace

Result<void> read_input(const Spot& input, std::vector<Message>& messages,
                        std::vector<std::string>& dropped) {
    if (input.is_string()) {
        auto& message = messages.emplace_back();
        message.plain = true;
        return take(input, message.content.emplace_back().text);
    }
    if (!input.is_array()) return input.refuse("must be a string or a list of items");
    Conversation conversation(messages, dropped);
    auto read = each_element(input, [&](const Spot& item) { return conversation.add(item); });
    conversation.flush();
    return read;
}

}  // namespace ogem::wire::responses
