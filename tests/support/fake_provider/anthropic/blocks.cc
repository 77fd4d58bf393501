// Content blocks: which may stand where, and what they are made of.
#include "anthropic/rules.h"
#include "base/text.h"
#include "say/talk.h"

#include <algorithm>
#include <vector>

namespace ogem::fake::anthropic {

namespace {

using json::Value;

constexpr Field kText[] = {{"type", kString, true},
                           {"text", kString, true},
                           {"cache_control", kObject | kNull},
                           {"citations", kArray | kNull}};
constexpr Field kImage[] = {
    {"type", kString, true}, {"source", kObject, true}, {"cache_control", kObject | kNull}};
constexpr Field kDocument[] = {{"type", kString, true},
                               {"source", kObject, true},
                               {"cache_control", kObject | kNull},
                               {"citations", kObject | kNull},
                               {"context", kString | kNull},
                               {"title", kString | kNull}};
constexpr Field kToolUse[] = {{"type", kString, true},
                              {"id", kString, true},
                              {"name", kString, true},
                              {"input", kObject, true},
                              {"cache_control", kObject | kNull}};
constexpr Field kToolResult[] = {{"type", kString, true},
                                 {"tool_use_id", kString, true},
                                 {"content", kString | kArray},
                                 {"is_error", kBoolean},
                                 {"cache_control", kObject | kNull}};
constexpr Field kThinking[] = {
    {"type", kString, true}, {"thinking", kString, true}, {"signature", kString, true}};
constexpr Field kRedacted[] = {{"type", kString, true}, {"data", kString, true}};
constexpr Field kSearchResult[] = {
    {"type", kString, true},   {"source", kString, true},          {"title", kString, true},
    {"content", kArray, true}, {"cache_control", kObject | kNull}, {"citations", kObject}};

struct Kind {
    std::string_view type;
    std::span<const Field> fields;
    std::string_view roles;  // where it may stand
};

const Kind kKinds[] = {
    {"text", kText, "user assistant result system"},
    {"image", kImage, "user result"},
    {"document", kDocument, "user assistant result"},
    {"search_result", kSearchResult, "user result"},
    {"tool_use", kToolUse, "assistant"},
    {"tool_result", kToolResult, "user"},
    {"thinking", kThinking, "assistant"},
    {"redacted_thinking", kRedacted, "assistant"},
};

struct Source {
    std::string_view type;
    std::string_view second;  // the member beside type that holds it
    std::string_view media;   // types it may be of; empty: has none
};

constexpr Source kImageSources[] = {{"base64", "data", "image/jpeg image/png image/gif image/webp"},
                                    {"url", "url", ""},
                                    {"file", "file_id", ""}};
constexpr Source kDocumentSources[] = {{"base64", "data", "application/pdf"},
                                       {"text", "data", "text/plain"},
                                       {"url", "url", ""},
                                       {"content", "content", ""},
                                       {"file", "file_id", ""}};

bool has_word(std::string_view words, std::string_view word) {
    const auto all = split(words, ' ');
    return std::ranges::find(all, word) != all.end();
}

void check_source(const Value& source, const Where& where, std::span<const Source> kinds,
                  const Terms& terms, Findings& out) {
    const auto type = text_at(source, "type");
    const auto kind = std::ranges::find_if(kinds, [&](const Source& k) { return k.type == type; });
    if (kind == kinds.end())
        return out.say(cat(where.dotted(), ": Input tag '", type,
                           "' found using 'type' does not match any of the expected tags"));
    const auto here = where / kind->type;
    std::vector<Field> fields{{"type", kString, true},
                              {kind->second, kString | (type == "content" ? kArray : 0U), true}};
    if (!kind->media.empty()) fields.push_back({"media_type", kString, true});
    out.fields(source, here, fields);
    if (!kind->media.empty() && source.contains("media_type"))
        out.when(!has_word(kind->media, text_at(source, "media_type")),
                 cat(here.dotted(), ".media_type: Input should be one of ", kind->media));
    if (type == "base64")
        out.when(!is_base64(text_at(source, "data")), cat(here.dotted(), ": invalid base64 data"));
    if (type == "url")
        out.when(terms.vertex, cat(where.dotted(), ": URL sources are not supported"));
    if (type == "url")
        out.when(!text_at(source, "url").starts_with("https://") &&
                     !text_at(source, "url").starts_with("http://"),
                 cat(here.dotted(), ".url: Only HTTPS URLs are supported."));
}

void check_text(const Value& block, const Where& where, std::string_view role, const Terms& terms,
                Findings& out) {
    const auto text = text_at(block, "text");
    if (!member_at(block, "text").is_string()) return;
    if (text.empty()) return out.say("messages: text content blocks must be non-empty");
    out.when(trim(text).empty(), "messages: text content blocks must contain non-whitespace text");
    const bool cites = !items_at(block, "citations").empty();
    out.when(cites && terms.newer && role != "assistant",
             cat(where.dotted(), ".text.citations: Extra inputs are not permitted"));
}

void check_call(const Value& block, const Where& where, Findings& out) {
    const auto id = text_at(block, "id");
    out.when(block.contains("id") && !matches(id, kWordLetters, 4096),
             cat(where.dotted(), ".tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'"));
    out.when(block.contains("name") && !matches(text_at(block, "name"), kWordLetters, 200),
             cat(where.dotted(),
                 ".tool_use.name: String should match pattern '^[a-zA-Z0-9_-]{1,200}$'"));
}

void check_result(const Value& block, const Where& where, const Terms& terms, Findings& out) {
    const auto& content = items_at(block, "content");
    for (std::size_t i = 0; i < content.size(); ++i)
        check_block(content[i], where / "tool_result" / "content" / i, "result", terms, out);
}

}  // namespace

void check_block(const Value& block, const Where& where, std::string_view role, const Terms& terms,
                 Findings& out) {
    if (!out.is(block, where, kObject)) return;
    const auto type = text_at(block, "type");
    const auto* const kind =
        std::ranges::find_if(kKinds, [&](const Kind& k) { return k.type == type; });
    if (kind == std::end(kKinds) || !has_word(kind->roles, role))
        return out.say(
            kind == std::end(kKinds)
                ? cat(where.dotted(), ": Input tag '", type,
                      "' found using 'type' does not match any of the expected tags")
                : cat(where.dotted(), ": `", type, "` blocks are not permitted here (", role, ")"));
    out.fields(block, where / type, kind->fields);
    check_cache_control(block, where / type, out);
    if (type == "text") check_text(block, where, role, terms, out);
    if (type == "image")
        check_source(member_at(block, "source"), where / type / "source", kImageSources, terms,
                     out);
    if (type == "document")
        check_source(member_at(block, "source"), where / type / "source", kDocumentSources, terms,
                     out);
    out.when(type == "document" && role == "assistant" && terms.newer,
             cat(where.dotted(), ": `document` blocks are not permitted here (assistant)"));
    if (type == "search_result")
        check_text_blocks(items_at(block, "content"), where / type / "content", terms, out);
    if (type == "tool_use") check_call(block, where, out);
    if (type == "tool_result") check_result(block, where, terms, out);
    const bool tools = type == "tool_use" || type == "tool_result";
    out.when(tools && !terms.has_tools,
             "Requests which include `tool_use` or `tool_result` blocks must define tools");
}

void check_text_blocks(const Value& blocks, const Where& where, const Terms& terms, Findings& out) {
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        out.when(text_at(blocks[i], "type") != "text",
                 cat((where / i).dotted(), ".type: Input should be 'text'"));
        check_block(blocks[i], where / i, "system", terms, out);
    }
}

}  // namespace ogem::fake::anthropic
