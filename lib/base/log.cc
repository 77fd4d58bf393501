#include "base/log.h"

#include "base/text.h"

#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <ctime>

namespace ogem::log {

namespace {

std::atomic<Level> g_level{Level::info};
std::atomic<Format> g_format{Format::text};

constexpr std::size_t kMaxGathered = 32 * 1024;  // bytes
thread_local bool t_gathers = false;
thread_local std::string t_gathered;

// Losing a log line is the one failure that nobody can be told about.
void put(std::string_view lines) {
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, lines.data(), lines.size());
}

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

std::string time_of(double unix_seconds) {
    const auto seconds = static_cast<std::time_t>(unix_seconds);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[40];
    const auto length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    const auto ms = static_cast<int>((unix_seconds - static_cast<double>(seconds)) * 1000);
    std::snprintf(text + length, sizeof text - length, ".%03dZ", ms);
    return text;
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
    std::string out;
    const auto name = kNames[static_cast<unsigned>(level)];
    if (format == Format::json) {
        append(out, R"({"time":")", time_of(unix_seconds), R"(","level":")", name, R"(","event":)");
        append_quoted(out, event);
        for (const auto& field : fields) {
            out += ',';
            append_quoted(out, field.name);
            out += ':';
            if (field.is_number) {
                out += field.value;
            } else {
                append_quoted(out, field.value);
            }
        }
        return out += '}';
    }
    append(out, time_of(unix_seconds), ' ', name, ' ', event);
    for (const auto& field : fields) {
        append(out, ' ', field.name, '=');
        if (needs_quotes(field.value)) {
            append_quoted(out, field.value);
        } else {
            out += field.value;
        }
    }
    return out;
}

void write(Level level, std::string_view event, Fields fields) {
    if (!enabled(level)) return;
    std::timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    auto line = line_of(level, g_format,
                        static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9,
                        event, fields);
    line += '\n';
    if (!t_gathers) return put(line);
    t_gathered += line;
    if (level <= Level::warn || t_gathered.size() > kMaxGathered) flush();
}

void gather_lines() {
    t_gathers = true;
}

void flush() {
    if (t_gathered.empty()) return;
    put(t_gathered);
    t_gathered.clear();
}

}  // namespace ogem::log
