#include "wire/gemini/inbound/json_schema.h"

#include "base/text.h"
#include "json/cursor.h"
#include "json/scan.h"
#include "json/value.h"
#include "wire/gemini/inbound/names.h"

#include <algorithm>
#include <array>

namespace ogem::wire::gemini {

namespace {

using json::Value;

// Two words, so that snake_case may hide them; the others are spelled one way.
constexpr auto kTwoWords = std::to_array<std::string_view>(
    {"anyOf", "minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties",
     "prefixItems", "additionalProperties", "propertyOrdering"});

std::string keyword_of(const std::string& name) {
    const auto found = std::ranges::find_if(
        kTwoWords, [&](std::string_view camel) { return is_named(name, camel); });
    return found == kTwoWords.end() ? name : std::string(*found);
}

Value converted(const Value& schema);

Value converted_all(const Value& schemas) {
    auto out = schemas;
    for (auto& schema : out) schema = converted(schema);
    return out;
}

// int64 is a string in protobuf's JSON.
Value number_of(const Value& limit) {
    if (!limit.is_string()) return limit;
    const auto number = json::integer_of(limit.get_ref<const std::string&>());
    return number ? Value(*number) : limit;
}

Value converted_member(const std::string& keyword, const Value& value) {
    if (keyword == "type" && value.is_string())
        return to_lower(value.get_ref<const std::string&>());
    if (keyword == "properties" && value.is_object()) return converted_all(value);
    if ((keyword == "anyOf" || keyword == "prefixItems") && value.is_array())
        return converted_all(value);
    if (keyword == "items" || keyword == "additionalProperties") return converted(value);
    if (keyword.starts_with("min") || keyword.starts_with("max")) return number_of(value);
    return value;
}

bool has_no_word_for(const std::string& keyword, const Value& value) {
    const bool unspecified = keyword == "type" && value == "TYPE_UNSPECIFIED";
    const bool enum_format = keyword == "format" && value == "enum";
    return unspecified || enum_format || keyword == "nullable" || keyword == "propertyOrdering";
}

void allow_null(Value& schema) {
    if (schema.contains("type")) {
        schema["type"] = Value::array({schema["type"], "null"});
        if (schema.contains("enum") && schema["enum"].is_array()) schema["enum"].push_back(nullptr);
    } else if (schema.contains("anyOf") && schema["anyOf"].is_array()) {
        schema["anyOf"].push_back({{"type", "null"}});
    }
}

Value converted(const Value& schema) {
    if (!schema.is_object()) return schema;
    Value out = Value::object();
    for (const auto& [name, value] : schema.items()) {
        const auto keyword = keyword_of(name);
        if (!has_no_word_for(keyword, value)) out[keyword] = converted_member(keyword, value);
    }
    const auto nullable = schema.find("nullable");
    if (nullable != schema.end() && *nullable == true) allow_null(out);
    return out;
}

}  // namespace

Result<chat::Json> json_schema_of(std::string_view schema) {
    json::Cursor c(schema);  // bounds the depth of what recurses below
    c.value();
    if (!c.finish()) return fail(c.error());
    const auto document = json::parse(schema);
    if (!document) return fail(document.error());
    if (!document->is_object()) return fail(Kind::invalid, "a schema must be an object");
    return converted(*document).dump(-1, ' ', false, Value::error_handler_t::replace);
}

}  // namespace ogem::wire::gemini
