// The sentences are those of Google's JSON transcoder and of the API behind it, as users quote
// them: Invalid JSON payload received. Unknown name "x" at 'tools[0]': Cannot find field.
#include "base/text.h"
#include "gemini/rules.h"

#include <algorithm>

namespace ogem::fake::gemini {

namespace {

using json::Value;

std::string place(const Where& where) {
    return snake_case(where.bracketed());
}

Trouble unknown(const Where& object, std::string_view name) {
    const auto at = object.top() ? std::string() : cat(" at '", place(object), "'");
    return {400,
            cat("Invalid JSON payload received. Unknown name \"", name, "\"", at,
                ": Cannot find field."),
            "", object.top() ? std::string("") : place(object)};
}

Trouble missing(const Where& member) {
    const auto at = place(member);
    return {400, cat("* GenerateContentRequest.", at, ": ", at, " is not specified\n")};
}

Trouble mistyped(const Where& member, unsigned is, const Value& value) {
    const std::string_view type = is & kString                ? "TYPE_STRING"
                                  : is & kBoolean             ? "TYPE_BOOL"
                                  : (is & kNumber) == kNumber ? "TYPE_FLOAT"
                                  : is & kInteger             ? "TYPE_INT32"
                                                              : "TYPE_MESSAGE";
    return {400, cat("Invalid value at '", place(member), "' (", type, "), ", value.dump()), "",
            place(member)};
}

// Members whose own members are named by users.
constexpr std::string_view kFree[] = {
    "args",    "response", "labels", "parametersJsonSchema", "responseJsonSchema",
    "default", "example",  "enum"};

Value spelled(const Value& value, bool names_are_free) {
    if (value.is_array()) {
        auto out = Value::array();
        for (const auto& item : value) out.push_back(spelled(item, false));
        return out;
    }
    if (!value.is_object()) return value;
    auto out = Value::object();
    for (const auto& [name, member] : value.items()) {
        const auto plain = names_are_free ? name : camel_case(name);
        const bool stays = !names_are_free && std::ranges::find(kFree, plain) != std::end(kFree);
        out[plain] = stays ? member : spelled(member, !names_are_free && plain == "properties");
    }
    return out;
}

}  // namespace

const Wording kWording{unknown, missing, mistyped};

Value canonical(const Value& body) {
    return spelled(body, false);
}

}  // namespace ogem::fake::gemini
