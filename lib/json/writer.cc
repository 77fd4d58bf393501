#include "json/writer.h"

#include "base/text.h"

#include <cmath>

namespace ogem::json {

namespace {

// Length of the valid UTF-8 sequence at the start of `text`, 0 if it is not one.
std::size_t utf8_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto tail = [&](std::size_t i) { return i < text.size() && (byte(i) & 0xc0) == 0x80; };
    const auto first = byte(0);
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first < 0xe0) return tail(1) ? 2 : 0;
    if (first >= 0xe0 && first < 0xf0) {
        if (!tail(1) || !tail(2)) return 0;
        const bool overlong = first == 0xe0 && byte(1) < 0xa0;
        const bool surrogate = first == 0xed && byte(1) >= 0xa0;
        return overlong || surrogate ? 0 : 3;
    }
    if (first >= 0xf0 && first < 0xf5) {
        if (!tail(1) || !tail(2) || !tail(3)) return 0;
        const bool overlong = first == 0xf0 && byte(1) < 0x90;
        const bool too_high = first == 0xf4 && byte(1) >= 0x90;
        return overlong || too_high ? 0 : 4;
    }
    return 0;
}

void append_escape(std::string& out, char c) {
    switch (c) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        default:
            break;
    }
    constexpr char kHex[] = "0123456789abcdef";
    out += "\\u00";
    out += kHex[static_cast<unsigned char>(c) >> 4];
    out += kHex[static_cast<unsigned char>(c) & 15];
}

}  // namespace

void append_string(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        const char c = text.front();
        if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\') {
            append_escape(out, c);
            text.remove_prefix(1);
        } else if (const auto length = utf8_length(text)) {
            out.append(text.substr(0, length));
            text.remove_prefix(length);
        } else {
            out += "\xef\xbf\xbd";
            text.remove_prefix(1);
        }
    }
    out += '"';
}

std::string quoted(std::string_view text) {
    std::string out;
    append_string(out, text);
    return out;
}

void Writer::separate() {
    if (!first_ && !after_key_) out_ += ',';
    first_ = false;
    after_key_ = false;
}

Writer& Writer::open(char bracket) {
    separate();
    out_ += bracket;
    first_ = true;
    return *this;
}

Writer& Writer::close(char bracket) {
    out_ += bracket;
    first_ = false;
    return *this;
}

Writer& Writer::key(std::string_view name) {
    separate();
    append_string(out_, name);
    out_ += ':';
    after_key_ = true;
    return *this;
}

Writer& Writer::value(std::string_view text) {
    separate();
    append_string(out_, text);
    return *this;
}

Writer& Writer::value(double number) {
    if (!std::isfinite(number)) return null();
    separate();
    append(out_, number);
    return *this;
}

Writer& Writer::raw(std::string_view json) {
    separate();
    out_ += json;
    return *this;
}

}  // namespace ogem::json
