// Calls and results: each call is answered in the very next message, results stand before all else
// there, and no result answers what was not asked.
#include "anthropic/rules.h"
#include "base/text.h"
#include "say/talk.h"

#include <set>

namespace ogem::fake::anthropic {

namespace {

using json::Value;
using Ids = std::set<std::string>;

Ids ids_in(const Value& blocks, std::string_view type, const char* member) {
    Ids ids;
    for (const auto& block : blocks)
        if (text_at(block, "type") == type) ids.insert(text_at(block, member));
    return ids;
}

std::string missing_from(const Ids& answered, const Ids& asked) {
    std::vector<std::string> missing;
    for (const auto& id : asked)
        if (!answered.contains(id)) missing.push_back(id);
    return join(missing, ", ");
}

void check_results(const Value& blocks, std::size_t message, const Ids& asked, Findings& out) {
    Ids seen;
    bool others = false;
    for (std::size_t k = 0; k < blocks.size(); ++k) {
        if (text_at(blocks[k], "type") != "tool_result") {
            others = true;
            continue;
        }
        const auto id = text_at(blocks[k], "tool_use_id");
        out.when(!asked.contains(id),
                 cat("messages.", message, ".content.", k,
                     ": unexpected `tool_use_id` found in `tool_result` blocks: ", id,
                     ". Each `tool_result` block must have a corresponding `tool_use` block in the "
                     "previous message."));
        out.when(!seen.insert(id).second,
                 cat("messages.", message, ".content.", k,
                     ": each tool_use must have a single result. Found multiple `tool_result` "
                     "blocks with id: ",
                     id));
        out.when(others, cat("messages.", message, ".content.", k,
                             ": `tool_result` blocks must come before all other content"));
    }
}

}  // namespace

void check_pairs(const Value& messages, Findings& out) {
    Ids asked, ever;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const auto blocks = blocks_of(member_at(messages[i], "content"));
        const auto missing = missing_from(ids_in(blocks, "tool_result", "tool_use_id"), asked);
        out.when(!missing.empty(),
                 cat("messages.", i - 1,
                     ": `tool_use` ids were found without `tool_result` blocks "
                     "immediately after: ",
                     missing,
                     ". Each `tool_use` block must have a corresponding `tool_result` block in the "
                     "next message."));
        check_results(blocks, i, asked, out);
        asked = ids_in(blocks, "tool_use", "id");
        for (const auto& id : asked)
            out.when(!ever.insert(id).second, "messages: `tool_use` ids must be unique");
    }
    out.when(!asked.empty(), cat("messages.", messages.size() - 1,
                                 ": `tool_use` ids were found without `tool_result` blocks "
                                 "immediately after: ",
                                 missing_from({}, asked),
                                 ". Each `tool_use` block must have a corresponding `tool_result` "
                                 "block in the next message."));
}

}  // namespace ogem::fake::anthropic
