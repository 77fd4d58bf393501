// The two ways to say a schema: Gemini's Schema with its upper-case types, and the keywords of JSON
// Schema that parametersJsonSchema and responseJsonSchema know.
#include "base/text.h"
#include "gemini/rules.h"
#include "say/talk.h"

#include <algorithm>

namespace ogem::fake::gemini {

namespace {

using json::Value;

constexpr int kDeepest = 64;

// Limits are int64, which JSON may write as strings.
constexpr Field kSchema[] = {{"type", kString},
                             {"title", kString},
                             {"description", kString},
                             {"default", kAny},
                             {"example", kAny},
                             {"nullable", kBoolean},
                             {"format", kString},
                             {"enum", kArray},
                             {"items", kObject},
                             {"minItems", kInteger | kString},
                             {"maxItems", kInteger | kString},
                             {"minLength", kInteger | kString},
                             {"maxLength", kInteger | kString},
                             {"minProperties", kInteger | kString},
                             {"maxProperties", kInteger | kString},
                             {"minimum", kNumber},
                             {"maximum", kNumber},
                             {"pattern", kString},
                             {"properties", kObject},
                             {"required", kArray},
                             {"propertyOrdering", kArray},
                             {"anyOf", kArray}};
constexpr std::string_view kTypes[] = {"STRING", "NUMBER", "INTEGER", "BOOLEAN",
                                       "ARRAY",  "OBJECT", "NULL"};
constexpr std::string_view kJsonTypes[] = {"string", "number", "integer", "boolean",
                                           "array",  "object", "null"};
constexpr std::string_view kJsonKeywords[] = {"type",
                                              "title",
                                              "description",
                                              "format",
                                              "enum",
                                              "items",
                                              "prefixItems",
                                              "minItems",
                                              "maxItems",
                                              "minimum",
                                              "maximum",
                                              "anyOf",
                                              "oneOf",
                                              "properties",
                                              "additionalProperties",
                                              "required",
                                              "propertyOrdering",
                                              "$id",
                                              "$defs",
                                              "$ref",
                                              "$anchor"};

template <std::size_t N>
bool among(const std::string_view (&words)[N], std::string_view word) {
    return std::ranges::find(words, word) != std::end(words);
}

std::string at(const Where& where) {
    return snake_case(where.bracketed());
}

void schema(const Value& value, const Where& where, int depth, Findings& out);

void check_type(const Value& value, const Where& where, Findings& out) {
    const auto type = text_at(value, "type");
    if (!value.contains("type"))
        return out.when(!value.contains("anyOf"),
                        cat("* GenerateContentRequest.", at(where), ".type: must be specified\n"));
    out.when(value["type"].is_string() && !among(kTypes, type),
             cat("Invalid value at '", at(where),
                 ".type' (type.googleapis.com/google.ai.generativelanguage.v1beta.Type), \"", type,
                 "\""));
    out.when(type == "ARRAY" && !value.contains("items"),
             cat("* GenerateContentRequest.", at(where), ".items: missing field.\n"));
    for (const auto& one : items_at(value, "enum"))
        out.when(
            !one.is_string() || type != "STRING",
            cat("* GenerateContentRequest.", at(where), ".enum: only allowed for STRING type\n"));
}

void check_required(const Value& value, const Where& where, Findings& out) {
    const auto& properties = member_at(value, "properties");
    for (const auto* const list : {"required", "propertyOrdering"}) {
        const auto& names = items_at(value, list);
        for (std::size_t i = 0; i < names.size(); ++i)
            out.when(!names[i].is_string() || !properties.is_object() ||
                         !properties.contains(names[i].get<std::string>()),
                     cat("* GenerateContentRequest.", at(where / list / i),
                         ": property is not defined\n"));
    }
}

void schema(const Value& value, const Where& where, int depth, Findings& out) {
    out.fields(value, where, kSchema);
    if (!value.is_object()) return;
    if (depth > kDeepest)
        return out.say(
            cat("Schema at '", at(where), "' exceeds the maximum allowed nesting depth."));
    check_type(value, where, out);
    check_required(value, where, out);
    const auto& properties = member_at(value, "properties");
    if (properties.is_object())
        for (const auto& [name, property] : properties.items()) {
            out.when(!matches(name, kWordLetters, 64),
                     cat("* GenerateContentRequest.", at(where),
                         ".properties: invalid property name ", name, "\n"));
            schema(property, where / "properties" / name, depth + 1, out);
        }
    if (value.contains("items")) schema(value["items"], where / "items", depth + 1, out);
    const auto& any = items_at(value, "anyOf");
    for (std::size_t i = 0; i < any.size(); ++i)
        schema(any[i], where / "anyOf" / i, depth + 1, out);
}

void json_schema(const Value& value, const Where& where, int depth, Findings& out);

void json_schemas(const Value& values, const Where& where, int depth, Findings& out) {
    if (values.is_array())
        for (std::size_t i = 0; i < values.size(); ++i)
            json_schema(values[i], where / i, depth + 1, out);
    else if (values.is_object())
        for (const auto& [name, one] : values.items())
            json_schema(one, where / name, depth + 1, out);
}

void check_json_types(const Value& type, const Where& where, Findings& out) {
    const auto wrong = [&](const Value& one) {
        return !one.is_string() || !among(kJsonTypes, one.get<std::string>());
    };
    if (type.is_null()) return;
    const bool bad = type.is_array() ? std::ranges::any_of(type, wrong) : wrong(type);
    out.when(bad, cat("Invalid JSON schema at '", at(where), "': unknown type ", type.dump()));
}

void json_schema(const Value& value, const Where& where, int depth, Findings& out) {
    if (value.is_boolean() || !out.is(value, where, kObject)) return;
    if (depth > kDeepest)
        return out.say(
            cat("Schema at '", at(where), "' exceeds the maximum allowed nesting depth."));
    for (const auto& [word, member] : value.items()) {
        out.when(!among(kJsonKeywords, word), cat("Invalid JSON schema at '", at(where),
                                                  "': keyword \"", word, "\" is not supported."));
        out.when(value.contains("$ref") && !word.starts_with('$'),
                 cat("Invalid JSON schema at '", at(where), "': \"", word,
                     "\" may not stand beside $ref."));
    }
    check_json_types(member_at(value, "type"), where, out);
    for (const auto& one : items_at(value, "enum"))
        out.when(!one.is_string() && !one.is_number(),
                 cat("Invalid JSON schema at '", at(where),
                     "': enum values must be strings or numbers."));
    for (const auto* const word : {"properties", "$defs", "anyOf", "oneOf", "prefixItems"})
        json_schemas(member_at(value, word), where / word, depth, out);
    for (const auto* const word : {"items", "additionalProperties"})
        if (value.contains(word)) json_schema(value[word], where / word, depth + 1, out);
}

}  // namespace

void check_schema(const Value& value, const Where& where, Findings& out) {
    schema(value, where, 0, out);
}

void check_json_schema(const Value& value, const Where& where, Findings& out) {
    json_schema(value, where, 0, out);
}

}  // namespace ogem::fake::gemini
