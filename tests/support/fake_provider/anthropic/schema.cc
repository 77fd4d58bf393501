// The subset of JSON Schema for structured outputs and strict tools (the official SDK's
// transform-json-schema keeps these keywords and moves all others into the description).
#include "anthropic/rules.h"
#include "base/text.h"
#include "say/talk.h"

#include <algorithm>

namespace ogem::fake::anthropic {

namespace {

using json::Value;

constexpr int kDeepest = 64;
constexpr std::string_view kKeywords[] = {
    "$ref",        "$defs",      "definitions", "anyOf", "allOf", "type",  "title",
    "description", "properties", "required",    "items", "enum",  "const", "additionalProperties",
    "format",      "minItems"};
constexpr std::string_view kFormats[] = {"date-time", "time", "date", "duration", "email",
                                         "hostname",  "uri",  "ipv4", "ipv6",     "uuid"};

template <std::size_t N>
bool among(const std::string_view (&words)[N], std::string_view word) {
    return std::ranges::find(words, word) != std::end(words);
}

void check(const Value& schema, const Where& where, int depth, Findings& out);

void check_all(const Value& schemas, const Where& where, int depth, Findings& out) {
    if (!schemas.is_structured()) return;
    if (schemas.is_array())
        for (std::size_t i = 0; i < schemas.size(); ++i)
            check(schemas[i], where / i, depth + 1, out);
    else
        for (const auto& [name, schema] : schemas.items())
            check(schema, where / name, depth + 1, out);
}

void check_keywords(const Value& schema, const Where& where, Findings& out) {
    for (const auto& [word, value] : schema.items())
        out.when(!among(kKeywords, word), cat(where.dotted(), ": For '", text_at(schema, "type"),
                                              "' type, property '", word, "' is not supported"));
    const auto format = text_at(schema, "format");
    out.when(!format.empty() && !among(kFormats, format),
             cat(where.dotted(), ": format '", format, "' is not supported"));
    const auto& least = member_at(schema, "minItems");
    out.when(!least.is_null() && least != 0 && least != 1,
             cat(where.dotted(),
                 ": For 'array' type, 'minItems' values other than 0 or 1 are not supported"));
    out.when(schema.contains("enum") &&
                 !std::ranges::all_of(items_at(schema, "enum"),
                                      [](const Value& v) { return v.is_primitive(); }),
             cat(where.dotted(), ": enum values must be primitive"));
    const bool object = schema.contains("properties") || text_at(schema, "type") == "object";
    out.when(object && member_at(schema, "additionalProperties") != false,
             cat(where.dotted(),
                 ": For 'object' type, 'additionalProperties' must be explicitly set to false"));
}

void check(const Value& schema, const Where& where, int depth, Findings& out) {
    if (!out.is(schema, where, kObject)) return;
    if (depth > kDeepest) return out.say(cat(where.dotted(), ": schema is nested too deeply"));
    check_keywords(schema, where, out);
    for (const auto* const word : {"properties", "$defs", "definitions", "anyOf", "allOf"})
        check_all(member_at(schema, word), where / word, depth, out);
    if (schema.contains("items")) check(schema["items"], where / "items", depth + 1, out);
}

}  // namespace

void check_strict_schema(const Value& schema, const Where& where, Findings& out) {
    check(schema, where, 0, out);
}

}  // namespace ogem::fake::anthropic
