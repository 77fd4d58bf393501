#include "json/compact.h"

#include <algorithm>
#include <cstddef>

namespace ogem::json {

namespace {

// Behind the quote that closes the string at the start of `text`.
std::size_t string_length(std::string_view text) {
    std::size_t at = 1;
    while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2 : 1;
    return std::min(at + 1, text.size());
}

}  // namespace

std::string compact(std::string_view json) {
    std::string out;
    out.reserve(json.size());
    while (!json.empty()) {
        const auto plain = std::min(json.find_first_of("\" \t\r\n"), json.size());
        out.append(json.substr(0, plain));
        json.remove_prefix(plain);
        if (json.empty()) break;
        const auto length = json.front() == '"' ? string_length(json) : 1;
        if (json.front() == '"') out.append(json.substr(0, length));
        json.remove_prefix(length);
    }
    return out;
}

}  // namespace ogem::json
