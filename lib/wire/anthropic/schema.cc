#include "wire/anthropic/schema.h"

#include "base/text.h"
#include "json/value.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace ogem::wire::anthropic {

namespace {

using json::Value;

constexpr int kDeepest = 100;

Value strict(Value schema, int depth);

std::string text_of(const Value& value) {
    return value.dump(-1, ' ', false, Value::error_handler_t::replace);
}

// Takes the member `name` out of `schema`; null if there is none.
Value take(Value& schema, const char* name) {
    const auto found = schema.find(name);
    if (found == schema.end()) return {};
    Value value = std::move(found.value());
    schema.erase(name);
    return value;
}

void move_member(Value& from, Value& to, const char* name) {
    if (auto value = take(from, name); !value.is_null()) to[name] = std::move(value);
}

Value each_strict(Value schemas, int depth) {
    for (auto& schema : schemas) schema = strict(std::move(schema), depth + 1);
    return schemas;
}

// Members that hold schemas by name: their names are the user's and mean nothing to us.
void move_schemas(Value& from, Value& to, const char* name, int depth) {
    auto schemas = take(from, name);
    if (schemas.is_object()) to[name] = each_strict(std::move(schemas), depth);
}

// "object" of "object" and of ["object","null"].
bool is_of_type(const Value& type, const char* name) {
    return type == name || (type.is_array() && std::ranges::find(type, name) != type.end());
}

bool is_primitive(const Value& value) {
    return !value.is_object() && !value.is_array();
}

bool has_enum(const Value& schema) {
    const auto found = schema.find("enum");
    return found != schema.end() && found->is_array() && std::ranges::all_of(*found, is_primitive);
}

bool has_const(const Value& schema) {
    const auto found = schema.find("const");
    return found != schema.end() && is_primitive(*found);
}

// anyOf, oneOf and allOf, whichever comes first; true if there was one.
bool move_variants(Value& from, Value& to, int depth) {
    constexpr std::pair<const char*, const char*> kVariants[] = {
        {"anyOf", "anyOf"}, {"oneOf", "anyOf"}, {"allOf", "allOf"}};
    for (const auto& [theirs, ours] : kVariants) {
        const auto found = from.find(theirs);
        if (found == from.end() || !found->is_array()) continue;
        to[ours] = each_strict(take(from, theirs), depth);
        return true;
    }
    return false;
}

void move_object(Value& from, Value& to, int depth) {
    move_schemas(from, to, "properties", depth);
    if (!to.contains("properties")) to["properties"] = Value::object();
    from.erase("additionalProperties");
    to["additionalProperties"] = false;
    move_member(from, to, "required");
}

void move_array(Value& from, Value& to, int depth) {
    if (auto items = take(from, "items"); !items.is_null())
        to["items"] = strict(std::move(items), depth + 1);
    const auto least = from.find("minItems");
    if (least != from.end() && (*least == 0 || *least == 1)) move_member(from, to, "minItems");
}

void move_format(Value& from, Value& to) {
    constexpr std::string_view kKnown[] = {"date-time", "time", "date", "duration", "email",
                                           "hostname",  "uri",  "ipv4", "ipv6",     "uuid"};
    const auto format = from.find("format");
    if (format == from.end() || !format->is_string()) return;
    if (std::ranges::find(kKnown, format->get_ref<const std::string&>()) != std::end(kKnown))
        move_member(from, to, "format");
}

// What has no place in the subset, in words.
void describe_rest(const Value& rest, Value& to) {
    if (rest.empty()) return;
    std::string words;
    for (const auto& member : rest.items())
        append(words, words.empty() ? "" : ", ", member.key(), ": ", text_of(member.value()));
    const auto found = to.find("description");
    const auto before = found != to.end() && found->is_string() && !found->empty()
                            ? found->get<std::string>() + "\n\n"
                            : std::string();
    to["description"] = cat(before, '{', words, '}');
}

Value strict(Value schema, int depth) {
    if (!schema.is_object() || depth > kDeepest) return schema;
    Value out = Value::object();
    schema.erase("$schema");
    move_schemas(schema, out, "$defs", depth);
    move_schemas(schema, out, "definitions", depth);
    if (schema.contains("$ref")) {
        move_member(schema, out, "$ref");
        return out;
    }
    auto type = take(schema, "type");
    if (type.is_null() && schema.contains("properties")) type = "object";
    const bool told = has_enum(schema) || has_const(schema);
    if (has_const(schema)) move_member(schema, out, "const");
    if (has_enum(schema)) move_member(schema, out, "enum");
    if (!move_variants(schema, out, depth) && !told && !type.is_null()) out["type"] = type;
    move_member(schema, out, "description");
    move_member(schema, out, "title");
    if (is_of_type(type, "object")) move_object(schema, out, depth);
    if (is_of_type(type, "array")) move_array(schema, out, depth);
    if (is_of_type(type, "string")) move_format(schema, out);
    describe_rest(schema, out);
    return out;
}

}  // namespace

Result<chat::Json> strict_schema(const chat::Json& schema) {
    auto value = json::parse(schema);
    if (!value) return fail_as(value);
    return text_of(strict(std::move(*value), 0));
}

}  // namespace ogem::wire::anthropic
