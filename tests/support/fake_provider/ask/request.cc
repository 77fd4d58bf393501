#include "ask/request.h"

#include "base/text.h"

#include <charconv>

namespace ogem::fake {

namespace {

constexpr auto kNowhere = std::string_view::npos;

std::string_view header_in(std::string_view head, std::string_view name) {
    for (auto at = head.find("\r\n"); at != kNowhere; at = head.find("\r\n", at + 2)) {
        const auto line = head.substr(at + 2, head.find("\r\n", at + 2) - at - 2);
        if (line.size() > name.size() && line[name.size()] == ':' &&
            starts_with_ignoring_case(line, name))
            return trim(line.substr(name.size() + 1));
    }
    return {};
}

// Where the chunked body that starts at `at` ends; nothing if it is not all there.
// `body` receives its content if given.
std::optional<std::size_t> walk_chunks(std::string_view buffer, std::size_t at, std::string* body) {
    while (true) {
        const auto line_end = buffer.find("\r\n", at);
        if (line_end == kNowhere) return {};
        std::size_t size = 0;
        std::from_chars(buffer.data() + at, buffer.data() + line_end, size, 16);
        const auto data = line_end + 2;
        if (buffer.size() < data || buffer.size() - data < size + 2) return {};
        if (body) body->append(buffer.substr(data, size));
        at = data + size + 2;
        if (size == 0) return at;
    }
}

Took take_chunked(std::string& buffer, std::size_t head_size, Request& request) {
    if (!walk_chunks(buffer, head_size, nullptr)) return Took::nothing;
    request.head = buffer.substr(0, head_size);
    request.body.clear();
    buffer.erase(0, *walk_chunks(buffer, head_size, &request.body));
    return Took::whole;
}

// The closing quote of the string that opens at `at`.
std::size_t end_of_string(std::string_view json, std::size_t at) {
    while (true) {
        at = json.find('"', at + 1);
        if (at == kNowhere) return json.size();
        std::size_t backslashes = 0;
        while (json[at - 1 - backslashes] == '\\') ++backslashes;
        if (backslashes % 2 == 0) return at;
    }
}

// Where the JSON value or the key that starts at `at` ends.
std::size_t end_of_value(std::string_view json, std::size_t at) {
    for (int depth = 0; at < json.size(); ++at) {
        const char c = json[at];
        if (c == '"') at = end_of_string(json, at);
        if (c == '{' || c == '[') ++depth;
        if ((c == '}' || c == ']') && --depth < 0) return at;
        if (depth == 0 && (c == ',' || c == ':')) return at;
    }
    return json.size();
}

}  // namespace

std::string_view Request::method() const {
    return std::string_view(head).substr(0, head.find(' '));
}

std::string_view Request::target() const {
    const auto start = head.find(' ') + 1;
    return std::string_view(head).substr(start, head.find(' ', start) - start);
}

std::string_view Request::header(std::string_view name) const {
    return header_in(head, name);
}

Took take_request(std::string& buffer, Request& request) {
    constexpr std::size_t kMaxHead = 1u << 20, kMaxBody = 256u << 20;
    const auto head_end = buffer.find("\r\n\r\n");
    if (head_end == kNowhere) return buffer.size() > kMaxHead ? Took::unreadable : Took::nothing;
    const auto head_size = head_end + 4;
    const auto head = std::string_view(buffer).substr(0, head_size);
    const bool expects = buffer.size() == head_size && !header_in(head, "expect").empty();
    if (expects && request.head.empty()) {
        request.head = head;  // so that 100 is said once
        return Took::head_expecting_100;
    }
    if (equal_ignoring_case(header_in(head, "transfer-encoding"), "chunked"))
        return take_chunked(buffer, head_size, request);
    const auto length = header_in(head, "content-length");
    std::size_t size = 0;
    std::from_chars(length.data(), length.data() + length.size(), size);
    if (size > kMaxBody) return Took::unreadable;
    if (buffer.size() - head_size < size) return Took::nothing;
    request.head = buffer.substr(0, head_size);
    request.body = buffer.substr(head_size, size);
    buffer.erase(0, head_size + size);
    return Took::whole;
}

std::optional<std::string_view> member_of(std::string_view json, std::string_view name) {
    auto at = json.find('{');
    while (at != kNowhere && at + 1 < json.size()) {
        const auto colon = end_of_value(json, at + 1);
        if (colon >= json.size() || json[colon] != ':') return {};
        const auto end = end_of_value(json, colon + 1);
        const auto key = trim(json.substr(at + 1, colon - at - 1));
        if (key.size() == name.size() + 2 && key.substr(1, name.size()) == name)
            return trim(json.substr(colon + 1, end - colon - 1));
        if (end >= json.size() || json[end] != ',') return {};
        at = end;
    }
    return {};
}

}  // namespace ogem::fake
