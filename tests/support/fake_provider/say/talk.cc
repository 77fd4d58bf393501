#include "say/talk.h"

#include "base/text.h"

namespace ogem::fake {

namespace {

using json::Value;

constexpr int kDeepest = 16;

Value sample(const Value& schema, int depth);

Value sample_object(const Value& schema, int depth) {
    auto out = Value::object();
    const auto& properties = member_at(schema, "properties");
    if (!properties.is_object()) return out;
    for (const auto& [name, property] : properties.items()) out[name] = sample(property, depth + 1);
    return out;
}

std::string type_of(const Value& schema) {
    const auto& type = member_at(schema, "type");
    if (type.is_array() && !type.empty() && type[0].is_string())
        return to_lower(type[0].get<std::string>());
    if (type.is_string()) return to_lower(type.get<std::string>());
    return schema.contains("properties") ? "object" : "string";
}

Value sample(const Value& schema, int depth) {
    if (!schema.is_object() || depth > kDeepest) return nullptr;
    if (schema.contains("const")) return schema["const"];
    if (const auto& values = items_at(schema, "enum"); !values.empty()) return values[0];
    if (const auto& any = items_at(schema, "anyOf"); !any.empty()) return sample(any[0], depth + 1);
    const auto type = type_of(schema);
    if (type == "object") return sample_object(schema, depth);
    if (type == "array") return Value::array({sample(member_at(schema, "items"), depth + 1)});
    if (type == "integer") return 7;
    if (type == "number") return 1.5;
    if (type == "boolean") return true;
    if (type == "null") return nullptr;
    return "Z\u00fcrich \u4e16\u754c";
}

}  // namespace

Value sample_of(const Value& schema) {
    return sample(schema, 0);
}

const Value& member_at(const Value& object, std::string_view name) {
    static const Value kNull;
    if (!object.is_object()) return kNull;
    const auto at = object.find(name);
    return at == object.end() ? kNull : *at;
}

const Value& items_at(const Value& object, std::string_view name) {
    static const Value kNone = Value::array();
    const auto& member = member_at(object, name);
    return member.is_array() ? member : kNone;
}

std::string text_at(const Value& object, std::string_view name) {
    const auto& member = member_at(object, name);
    return member.is_string() ? member.get<std::string>() : "";
}

}  // namespace ogem::fake
