// The log: one event, one line, fields after it.  log::info("served", {{"model", "gpt-4"}, {"ms",
// 812}}) prints  served model=gpt-4 ms=812  as text, or one JSON object a line.
//
// Lower folders return errors; gateway, api and apps speak. Any thread may log: a line is one
// write(2) to stderr, unless its thread gathers lines (a loop does, and writes them at the end of
// each turn). Bodies and keys are never logged; field values that are Secrets do not
// compile.
#pragma once

#include <charconv>
#include <concepts>
#include <cstring>
#include <initializer_list>
#include <string>
#include <string_view>

namespace ogem::log {

enum class Level : unsigned char { error, warn, info, debug };
enum class Format : unsigned char { text, json };

// A value is looked at while the line is written, so texts must live as long as the statement.
struct Field {
    std::string_view name;
    std::string_view value;
    bool is_number = false;
    char digits[24];  // of a number

    Field(std::string_view n, std::string_view text) : name(n), value(text) {}
    Field(std::string_view n, const char* text) : name(n), value(text) {}
    Field(std::string_view n, const std::string& text) : name(n), value(text) {}
    template <std::integral Number>
    Field(std::string_view n, Number number) : name(n), is_number(true) {
        show(std::to_chars(digits, digits + sizeof digits, number).ptr);
    }
    // With three digits after the point.
    Field(std::string_view n, double number) : name(n), is_number(true) {
        show_thousandths(number);
    }
    Field(const Field& other) : name(other.name), value(other.value), is_number(other.is_number) {
        if (!is_number) return;
        std::memcpy(digits, other.digits, sizeof digits);
        value = {digits, other.value.size()};
    }
    Field& operator=(const Field&) = delete;

private:
    void show_thousandths(double number);
    void show(const char* end) { value = {digits, static_cast<std::size_t>(end - digits)}; }
};
using Fields = std::initializer_list<Field>;

// Set once by the wiring, before threads start; level may change on reload.
void configure(Level level, Format format);
bool enabled(Level level);

void write(Level level, std::string_view event, Fields fields);

inline void error(std::string_view event, Fields fields = {}) {
    write(Level::error, event, fields);
}
inline void warn(std::string_view event, Fields fields = {}) {
    write(Level::warn, event, fields);
}
inline void info(std::string_view event, Fields fields = {}) {
    if (enabled(Level::info)) write(Level::info, event, fields);
}
inline void debug(std::string_view event, Fields fields = {}) {
    if (enabled(Level::debug)) write(Level::debug, event, fields);
}

// From now on this thread's lines wait for flush(); errors and warnings take those before them
// along at once.
void gather_lines();
void flush();

// The line without its newline, as write() would print it at `unix_seconds`. For tests.
std::string line_of(Level level, Format format, double unix_seconds, std::string_view event,
                    Fields fields);

}  // namespace ogem::log
