#include "ogem/output/json_out.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>

namespace ogem::cli {

namespace {

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

const json::Value* element(const json::Value& array, std::string_view token) {
    std::size_t index = 0;
    const auto end = token.data() + token.size();
    const auto [stop, error] = std::from_chars(token.data(), end, index);
    if (error != std::errc() || stop != end || index >= array.size()) return nullptr;
    return &array[index];
}

const json::Value* member(const json::Value& value, std::string_view token) {
    if (value.is_array()) return element(value, token);
    if (!value.is_object()) return nullptr;
    const auto found = value.find(replaced(replaced(std::string(token), "~1", "/"), "~0", "~"));
    return found == value.end() ? nullptr : &*found;
}

}  // namespace

const json::Value* at_pointer(const json::Value& value, std::string_view pointer) {
    if (pointer.empty()) return &value;
    if (!pointer.starts_with('/')) return nullptr;
    const json::Value* found = &value;
    for (const auto token : split(pointer.substr(1), '/')) {
        found = member(*found, token);
        if (found == nullptr) return nullptr;
    }
    return found;
}

std::string json_text(const json::Value& value, int indent) {
    return value.dump(indent, ' ', false, json::Value::error_handler_t::replace);
}

std::string scalar_text(const json::Value& value) {
    return value.is_string() ? value.get<std::string>() : json_text(value);
}

Outcome<> print_json(const Context& context, const json::Value& value) {
    const auto& get = context.globals.get;
    if (!get) return write_out(json_text(value, context.terminal.out ? 2 : -1) + "\n");
    const auto* found = at_pointer(value, *get);
    if (found == nullptr) return failed(Exit::not_found, cat("there is nothing at ", *get));
    return write_out(scalar_text(*found) + "\n");
}

}  // namespace ogem::cli
