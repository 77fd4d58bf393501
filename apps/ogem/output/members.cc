#include "ogem/output/members.h"

#include <cmath>

namespace ogem::cli {

const json::Value& member(const json::Value& object, std::string_view name) {
    static const json::Value nothing;
    if (!object.is_object()) return nothing;
    const auto found = object.find(name);
    return found == object.end() ? nothing : *found;
}

std::string text_in(const json::Value& object, std::string_view name) {
    const auto& value = member(object, name);
    return value.is_string() ? value.get<std::string>() : std::string();
}

std::int64_t count_in(const json::Value& object, std::string_view name) {
    const auto& value = member(object, name);
    if (value.is_number_integer()) return value.get<std::int64_t>();
    return value.is_number_float() ? std::llround(value.get<double>()) : 0;
}

std::vector<std::string> strings_of(const json::Value& array) {
    std::vector<std::string> texts;
    if (!array.is_array()) return texts;
    for (const auto& item : array) {
        if (item.is_string()) texts.push_back(item.get<std::string>());
    }
    return texts;
}

}  // namespace ogem::cli
