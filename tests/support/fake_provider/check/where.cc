#include "check/where.h"

#include "base/text.h"

#include <cctype>

namespace ogem::fake {

std::string Where::dotted() const {
    std::string out;
    for (const auto& part : parts_) {
        if (!out.empty()) out += '.';
        part.name.empty() ? append(out, part.index) : append(out, part.name);
    }
    return out;
}

std::string Where::bracketed() const {
    std::string out;
    for (const auto& part : parts_) {
        if (part.name.empty()) {
            append(out, '[', part.index, ']');
            continue;
        }
        if (!out.empty()) out += '.';
        out += part.name;
    }
    return out;
}

std::string snake_case(std::string_view name) {
    std::string out;
    for (const char c : name) {
        const bool upper = c >= 'A' && c <= 'Z';
        if (upper) out += '_';
        out += upper ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

std::string camel_case(std::string_view name) {
    std::string out;
    bool raise = false;
    for (const char c : name) {
        if (c == '_') {
            raise = true;
            continue;
        }
        out += raise && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        raise = false;
    }
    return out;
}

}  // namespace ogem::fake
