// The thinking knob, and thinking that comes back in the history.
#include "anthropic/rules.h"
#include "base/text.h"
#include "say/reply.h"
#include "say/talk.h"

namespace ogem::fake::anthropic {

namespace {

using json::Value;

constexpr Field kEnabled[] = {
    {"type", kString, true}, {"budget_tokens", kInteger, true}, {"display", kString | kNull}};
constexpr Field kAdaptive[] = {{"type", kString, true}, {"display", kString | kNull}};
constexpr Field kPlain[] = {{"type", kString, true}};

void check_budget(const Value& body, const Value& thinking, Findings& out) {
    const auto& budget = member_at(thinking, "budget_tokens");
    const auto& most = member_at(body, "max_tokens");
    if (!budget.is_number_integer()) return;
    out.when(budget.get<std::int64_t>() < 1024,
             "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024");
    out.when(most.is_number_integer() && most.get<std::int64_t>() <= budget.get<std::int64_t>(),
             "`max_tokens` must be greater than `thinking.budget_tokens`. Please consult our "
             "documentation at "
             "https://docs.claude.com/en/docs/build-with-claude/extended-thinking#max-tokens-and-"
             "context-window-size");
}

// What does not go together with thinking.
void check_company(const Value& body, Findings& out) {
    const auto& temperature = member_at(body, "temperature");
    out.when(temperature.is_number() && temperature.get<double>() != 1,
             "`temperature` may only be set to 1 when thinking is enabled or in adaptive mode.");
    const auto& top_p = member_at(body, "top_p");
    out.when(
        top_p.is_number() && top_p.get<double>() < 0.95,
        "`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled or in "
        "adaptive mode.");
    out.when(body.contains("top_k"), "`top_k` must be unset when thinking is enabled.");
    const auto choice = text_at(member_at(body, "tool_choice"), "type");
    out.when(choice == "any" || choice == "tool",
             "Thinking may not be enabled when tool_choice forces tool use.");
}

bool is_thought(const Value& block) {
    const auto type = text_at(block, "type");
    return type == "thinking" || type == "redacted_thinking";
}

void check_signature(const Value& block, const Where& where, const Terms& terms, Findings& out) {
    const auto type = text_at(block, "type");
    if (type == "thinking" && block.contains("signature") && block.contains("thinking"))
        out.when(text_at(block, "signature") !=
                     signature_of(terms.model_name, text_at(block, "thinking")),
                 cat(where.dotted(), ": Invalid `signature` in `thinking` block"));
    if (type == "redacted_thinking" && block.contains("data"))
        out.when(text_at(block, "data") != signature_of(terms.model_name, "redacted"),
                 cat(where.dotted(), ": Invalid `data` in `redacted_thinking` block"));
}

// Whether a message holds nothing but what tools said.
bool is_tool_turn(const Value& message) {
    const auto blocks = blocks_of(member_at(message, "content"));
    return !blocks.empty() && text_at(blocks[0], "type") == "tool_result";
}

// With thinking on, the turn that tools are answering must show what was thought.
void check_turn(const Value& messages, Findings& out) {
    std::size_t at = messages.size();
    if (at == 0 || !is_tool_turn(messages[at - 1])) return;
    // Back to where the turn began: assistant, results, assistant, results ...
    while (at >= 2 && is_tool_turn(messages[at - 1]) &&
           text_at(messages[at - 2], "role") == "assistant")
        at -= 2;
    const auto first = at;
    if (first >= messages.size()) return;
    const auto blocks = blocks_of(member_at(messages[first], "content"));
    if (text_at(messages[first], "role") != "assistant" || blocks.empty() || is_thought(blocks[0]))
        return;
    out.say(cat("messages.", first,
                ".content.0.type: Expected `thinking` or `redacted_thinking`, "
                "but found `",
                text_at(blocks[0], "type"),
                "`. When `thinking` is enabled, a final `assistant` message must start with a "
                "thinking block (preceeding the lastmost set of `tool_use` and `tool_result` "
                "blocks). We recommend you include thinking blocks from previous turns. To avoid "
                "this requirement, disable `thinking`. Please consult our documentation at "
                "https://docs.claude.com/en/docs/build-with-claude/extended-thinking"));
}

}  // namespace

void check_thinking(const Value& body, const Terms& terms, Findings& out) {
    const auto& thinking = member_at(body, "thinking");
    if (!thinking.is_object()) return;
    const auto where = Where{} / "thinking";
    const auto type = text_at(thinking, "type");
    if (type == "enabled") {
        out.fields(thinking, where / "enabled", kEnabled);
        out.when(!terms.model.takes_budget(),
                 "\"thinking.type.enabled\" is not supported for this model. Use "
                 "\"thinking.type.adaptive\" and \"output_config.effort\" to control thinking "
                 "behavior.");
        check_budget(body, thinking, out);
    } else if (type == "adaptive") {
        out.fields(thinking, where / "adaptive", kAdaptive);
        out.when(!terms.model.takes_adaptive(), "adaptive thinking is not supported on this model");
    } else if (type == "disabled" || type == "between_tools") {
        return out.fields(thinking, where / type, kPlain);
    } else {
        return out.say(cat("thinking: Input tag '", type,
                           "' found using 'type' does not match any of the expected tags: "
                           "'adaptive', 'between_tools', 'disabled', 'enabled'"));
    }
    const auto display = text_at(thinking, "display");
    out.when(!display.empty() && display != "summarized" && display != "omitted",
             cat("thinking.", type, ".display: Input should be 'summarized' or 'omitted'"));
    check_company(body, out);
}

void check_replay(const Value& messages, const Terms& terms, Findings& out) {
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const auto blocks = blocks_of(member_at(messages[i], "content"));
        for (std::size_t k = 0; k < blocks.size(); ++k)
            check_signature(blocks[k], Where{} / "messages" / i / "content" / k, terms, out);
    }
    if (terms.thinking) check_turn(messages, out);
}

}  // namespace ogem::fake::anthropic
