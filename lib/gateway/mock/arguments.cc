#include "gateway/mock/arguments.h"

#include "base/text.h"

namespace ogem::gateway::mock {

namespace {

using json::Value;

const Value* member(const Value* object, std::string_view name) {
    if (!object || !object->is_object()) return nullptr;
    const auto it = object->find(name);
    return it == object->end() ? nullptr : &*it;
}

// What a schema gives is copied only while it is small: a copy per `$ref` adds up.
bool is_small(const Value* given) {
    constexpr std::size_t kLongest = 1024;
    return given && given->is_primitive() &&
           (!given->is_string() || given->get_ref<const std::string&>().size() <= kLongest);
}

const Value* first_of(const Value* list) {
    return list && list->is_array() && !list->empty() ? &list->front() : nullptr;
}

class ExampleMaker {
public:
    explicit ExampleMaker(const Value& root) : root_(root) {}

    Value make(const Value& schema, int depth = 0) {
        constexpr int kDeepest = 32;
        if (--budget_ < 0 || depth > kDeepest) return nullptr;
        for (const auto* name : {"const", "default"})
            if (const auto* given = member(&schema, name); is_small(given)) return *given;
        for (const auto* name : {"enum", "examples"})
            if (const auto* given = first_of(member(&schema, name)); is_small(given)) return *given;
        if (const auto* target = referred(schema)) return make(*target, depth + 1);
        for (const auto* name : {"anyOf", "oneOf", "allOf"})
            if (const auto* one = first_of(member(&schema, name))) return make(*one, depth + 1);
        return of_type(schema, depth);
    }

private:
    const Value* referred(const Value& schema) const {
        const auto* ref = member(&schema, "$ref");
        if (!ref || !ref->is_string()) return nullptr;
        const std::string_view path = ref->get_ref<const std::string&>();
        const Value* target = &root_;
        if (path == "#") return target;
        if (!path.starts_with("#/")) return nullptr;
        for (const auto step : split(path.substr(2), '/')) target = member(target, step);
        return target;
    }

    Value of_type(const Value& schema, int depth) {
        const auto* type = member(&schema, "type");
        if (const auto* first = first_of(type)) type = first;
        const std::string name = type && type->is_string() ? type->get<std::string>() : "";
        if (name == "object" || member(&schema, "properties")) return object(schema, depth);
        if (name == "array") return array(schema, depth);
        if (name == "integer" || name == "number") return number(schema);
        if (name == "boolean") return false;
        if (name == "null") return nullptr;
        return "example";
    }

    Value object(const Value& schema, int depth) {
        Value made = Value::object();
        const auto* required = member(&schema, "required");
        if (!required || !required->is_array()) return made;
        for (const auto& name : *required) {
            if (!name.is_string() || !is_small(&name) || budget_ <= 0) continue;
            const auto& key = name.get_ref<const std::string&>();
            const auto* property = member(member(&schema, "properties"), key);
            made[key] = make(property ? *property : Value::object(), depth + 1);
        }
        return made;
    }

    Value array(const Value& schema, int depth) {
        Value made = Value::array();
        const auto* least = member(&schema, "minItems");
        const auto* items = member(&schema, "items");
        const bool some = least && least->is_number_integer() && least->get<std::int64_t>() > 0;
        if (some && items) made.push_back(make(*items, depth + 1));
        return made;
    }

    static Value number(const Value& schema) {
        const auto* least = member(&schema, "minimum");
        return least && least->is_number() ? *least : Value(0);
    }

    const Value& root_;
    int budget_ = 1000;  // values still to be made
};

}  // namespace

json::Value example_of(const json::Value& schema) {
    return ExampleMaker(schema).make(schema);
}

}  // namespace ogem::gateway::mock
