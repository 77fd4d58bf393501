// Roles, their order, and which turn may end how.
#include "anthropic/rules.h"
#include "base/text.h"
#include "say/talk.h"

#include <set>

namespace ogem::fake::anthropic {

namespace {

using json::Value;

constexpr Field kMessage[] = {{"role", kString, true}, {"content", kString | kArray, true}};
constexpr std::size_t kMostMarkers = 4;

void check_role(const Value& messages, std::size_t i, const Terms& terms, Findings& out) {
    const auto role = text_at(messages[i], "role");
    if (role == "user" || role == "assistant") return;
    if (role == "system") {
        out.when(!terms.model.takes_system_turns(),
                 "messages: Unexpected role \"system\". The Messages API accepts a top-level "
                 "`system` parameter, not \"system\" as an input message role.");
        out.when(i == 0 || text_at(messages[i - 1], "role") != "user",
                 cat("messages.", i, ": a `system` message must follow a `user` message"));
        return;
    }
    out.say(cat("messages.", i, ".role: Input should be 'user' or 'assistant'"));
}

bool is_blank(std::string_view text) {
    return trim(text).empty();
}

void check_content(const Value& message, const Where& where, bool last, const Terms& terms,
                   Findings& out) {
    const auto role = text_at(message, "role");
    const auto& content = member_at(message, "content");
    const bool may_be_empty = last && role == "assistant";
    if (content.is_string() && content.get<std::string>().empty())
        out.when(!may_be_empty,
                 cat(where.dotted(), ": ", role, " messages must have non-empty content"));
    if (content.is_array() && content.empty())
        out.when(!may_be_empty, cat(where.dotted(),
                                    ": all messages must have non-empty content except for "
                                    "the optional final assistant message"));
    if (content.is_string() && !content.get<std::string>().empty())
        out.when(is_blank(content.get<std::string>()),
                 "messages: text content blocks must contain non-whitespace text");
    if (!content.is_array()) return;
    for (std::size_t i = 0; i < content.size(); ++i)
        check_block(content[i], where / "content" / i, role, terms, out);
}

void check_end(const Value& messages, const Terms& terms, Findings& out) {
    const auto& last = messages.back();
    if (text_at(last, "role") != "assistant") return;
    out.when(!terms.model.takes_prefill(),
             "This model does not support assistant message prefill. The conversation must end "
             "with a user message.");
    out.when(terms.thinking,
             "Expected the final message to be from the user when `thinking` is enabled.");
    const auto blocks = blocks_of(member_at(last, "content"));
    if (blocks.empty()) return;
    const auto text = text_at(blocks.back(), "text");
    out.when(!text.empty() && trim(text.substr(text.size() - 1)).empty(),
             "messages: final assistant content cannot end with trailing whitespace");
}

void count_markers(const Value& value, std::size_t& count) {
    if (value.is_object() && value.contains("cache_control") && value["cache_control"].is_object())
        ++count;
    if (value.is_structured())
        for (const auto& inner : value) count_markers(inner, count);
}

}  // namespace

Value blocks_of(const Value& content) {
    if (content.is_array()) return content;
    if (!content.is_string() || content == "") return Value::array();
    return Value::array({{{"type", "text"}, {"text", content}}});
}

void check_messages(const Value& messages, const Terms& terms, Findings& out) {
    if (messages.empty()) return out.say("messages: at least one message is required");
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const auto where = Where{} / "messages" / i;
        out.fields(messages[i], where, kMessage);
        check_role(messages, i, terms, out);
        check_content(messages[i], where, i + 1 == messages.size(), terms, out);
    }
    out.when(text_at(messages[0], "role") == "assistant",
             "messages: first message must use the \"user\" role");
    check_end(messages, terms, out);
    check_pairs(messages, out);
    check_replay(messages, terms, out);
    std::size_t markers = 0;
    count_markers(messages, markers);
    out.when(markers > kMostMarkers,
             cat("A maximum of 4 blocks with cache_control may be provided. Found ", markers, "."));
}

}  // namespace ogem::fake::anthropic
