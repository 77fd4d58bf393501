// Writes JSON by appending: no tree, no allocation but the string's own.
//   Writer w(out);  w.begin_object().key("id").value("x").key("n").value(3).end_object();
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace ogem::json {

// `text` as a JSON string, quotes included, appended to `out`. Bytes that are not UTF-8 become
// U+FFFD.
void append_string(std::string& out, std::string_view text);
std::string quoted(std::string_view text);

class Writer {
public:
    explicit Writer(std::string& out) : out_(out) {}  // `out` must outlive the writer

    Writer& begin_object() { return open('{'); }
    Writer& end_object() { return close('}'); }
    Writer& begin_array() { return open('['); }
    Writer& end_array() { return close(']'); }

    Writer& key(std::string_view name);
    Writer& value(std::string_view text);
    Writer& value(const char* text) { return value(std::string_view(text)); }
    Writer& value(const std::string& text) { return value(std::string_view(text)); }
    Writer& value(bool truth) { return raw(truth ? "true" : "false"); }
    template <std::integral Number>
    requires(!std::same_as<Number, bool>) Writer& value(Number number) {
        return raw(std::to_string(number));
    }
    Writer& value(double number);  // shortest form; null if not finite
    Writer& null() { return raw("null"); }
    Writer& raw(std::string_view json);  // already JSON

private:
    Writer& open(char bracket);
    Writer& close(char bracket);
    void separate();

    std::string& out_;
    bool first_ = true;
    bool after_key_ = false;
};

}  // namespace ogem::json
