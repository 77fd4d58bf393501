#include "check/findings.h"

#include <algorithm>

namespace ogem::fake {

bool of_type(const json::Value& value, unsigned types) {
    using Type = json::Value::value_t;
    switch (value.type()) {
        case Type::null:
            return types & kNull;
        case Type::string:
            return types & kString;
        case Type::boolean:
            return types & kBoolean;
        case Type::object:
            return types & kObject;
        case Type::array:
            return types & kArray;
        case Type::number_float:
            return (types & kNumber) == kNumber;
        default:
            return types & kNumber;
    }
}

bool matches(std::string_view text, std::string_view letters, std::size_t most) {
    return !text.empty() && text.size() <= most &&
           text.find_first_not_of(letters) == std::string_view::npos;
}

bool is_base64(std::string_view text) {
    while (text.ends_with('=')) text.remove_suffix(1);
    return !text.empty() && text.find_first_not_of(
                                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUV"
                                "WXYZ0123456789+/-_") == std::string_view::npos;
}

bool Findings::is(const json::Value& value, const Where& where, unsigned types) {
    if (of_type(value, types)) return true;
    say(wording_.mistyped(where, types, value));
    return false;
}

void Findings::fields(const json::Value& object, const Where& where,
                      std::span<const Field> fields) {
    if (!is(object, where, kObject)) return;
    for (const auto& [name, value] : object.items()) {
        const auto known =
            std::ranges::find_if(fields, [&](const Field& field) { return field.name == name; });
        if (known == fields.end())
            say(wording_.unknown(where, name));
        else
            is(value, where / name, known->is);
    }
    for (const auto& field : fields)
        if (field.required && !object.contains(field.name))
            say(wording_.missing(where / field.name));
}

}  // namespace ogem::fake
