#include "base/log.h"

#include "base/text.h"

#include <unistd.h>

#include <atomic>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace ogem::log {

namespace {

std::atomic<Level> g_level{Level::info};
std::atomic<Format> g_format{Format::text};

constexpr std::size_t kMaxGathered = 32 * 1024;  // bytes
thread_local bool t_gathers = false;
thread_local std::string t_lines;  // not yet written

constexpr std::string_view kNames[] = {"error", "warn", "info", "debug"};

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20 || byte == 0x7f) {
            char hex[8];
            std::snprintf(hex, sizeof hex, "\\u%04x", byte);
            out += hex;
        } else {
            out += c;
        }
    }
    out += '"';
}

bool needs_quotes(std::string_view text) {
    for (const char c : text)
        if (static_cast<unsigned char>(c) <= 0x20 || c == '"' || c == '=' || c == '\\' || c == 0x7f)
            return true;
    return text.empty();
}

// "2026-01-31T08:00:00.123Z"; all but the milliseconds is worked out once a second.
void append_time(std::string& out, double unix_seconds) {
    thread_local std::time_t t_second = -1;
    thread_local char t_text[24];
    const auto second = static_cast<std::time_t>(unix_seconds);
    if (second != t_second) {
        t_second = second;
        std::tm parts{};
        gmtime_r(&second, &parts);
        std::strftime(t_text, sizeof t_text, "%Y-%m-%dT%H:%M:%S.", &parts);
    }
    const auto ms = static_cast<int>((unix_seconds - static_cast<double>(second)) * 1000);
    const char digits[] = {static_cast<char>('0' + ms / 100), static_cast<char>('0' + ms / 10 % 10),
                           static_cast<char>('0' + ms % 10), 'Z', '\0'};
    append(out, t_text, digits);
}

void append_line(std::string& out, Level level, Format format, double unix_seconds,
                 std::string_view event, Fields fields) {
    const auto name = kNames[static_cast<unsigned>(level)];
    const bool json = format == Format::json;
    if (json) out += R"({"time":")";
    append_time(out, unix_seconds);
    if (json) {
        append(out, R"(","level":")", name, R"(","event":)");
        append_quoted(out, event);
    } else {
        append(out, ' ', name, ' ', event);
    }
    for (const auto& field : fields) {
        out += json ? ',' : ' ';
        json ? append_quoted(out, field.name) : append(out, field.name);
        out += json ? ':' : '=';
        if (json ? !field.is_number : needs_quotes(field.value)) {
            append_quoted(out, field.value);
        } else {
            out += field.value;
        }
    }
    if (json) out += '}';
}

}  // namespace

void configure(Level level, Format format) {
    g_level = level;
    g_format = format;
}

bool enabled(Level level) {
    return level <= g_level.load(std::memory_order_relaxed);
}

std::string line_of(Level level, Format format, double unix_seconds, std::string_view event,
                    Fields fields) {
    std::string line;
    append_line(line, level, format, unix_seconds, event, fields);
    return line;
}

void write(Level level, std::string_view event, Fields fields) {
    if (!enabled(level)) return;
    std::timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    const auto seconds = static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
    append_line(t_lines, level, g_format, seconds, event, fields);
    t_lines += '\n';
    if (!t_gathers || level <= Level::warn || t_lines.size() > kMaxGathered) flush();
}

void Field::show_thousandths(double number) {
    const auto thousandths = static_cast<std::int64_t>(std::llround(number * 1000));
    auto* end = digits;
    if (thousandths < 0) *end++ = '-';
    const auto size = std::abs(thousandths);
    end = std::to_chars(end, digits + sizeof digits - 4, size / 1000).ptr;
    *end++ = '.';
    for (const auto scale : {100, 10, 1}) *end++ = static_cast<char>('0' + size / scale % 10);
    show(end);
}

void gather_lines() {
    t_gathers = true;
}

void flush() {
    if (t_lines.empty()) return;
    // Losing a log line is the one failure that nobody can be told about.
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, t_lines.data(), t_lines.size());
    t_lines.clear();
}

}  // namespace ogem::log
