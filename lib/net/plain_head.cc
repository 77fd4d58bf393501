#include "net/plain_head.h"

#include "base/text.h"

#include <array>
#include <charconv>
#include <utility>

namespace ogem::net {

namespace {

enum Class : unsigned char { kToken = 1, kVisible = 2, kText = 4 };  // kText: of a field's value

constexpr bool is_token(unsigned char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("!#$%&'*+-.^_`|~").find(static_cast<char>(c)) != std::string_view::npos;
}

constexpr auto kClasses = [] {
    std::array<unsigned char, 256> classes{};
    for (unsigned c = 0x20; c < 0x7f; ++c)
        classes[c] =
            static_cast<unsigned char>(kText | (c > 0x20 ? kVisible : 0) |
                                       (is_token(static_cast<unsigned char>(c)) ? kToken : 0));
    classes['\t'] = kText;
    return classes;
}();

// Walks over the bytes; every take_ returns false, or an empty text, if something else comes.
class Walk {
public:
    explicit Walk(std::string_view bytes)
        : begin_(bytes.data()), at_(begin_), end_(begin_ + bytes.size()) {}

    std::string_view take(Class wanted) {
        const char* const start = at_;
        while (at_ != end_ && (kClasses[static_cast<unsigned char>(*at_)] & wanted)) ++at_;
        return {start, static_cast<std::size_t>(at_ - start)};
    }
    bool take(std::string_view word) {
        if (!std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(word))
            return false;
        at_ += word.size();
        return true;
    }
    std::size_t taken() const { return static_cast<std::size_t>(at_ - begin_); }

private:
    const char* begin_;
    const char* at_;
    const char* end_;
};

std::string_view without_space(std::string_view value) {
    const auto is_space = [](char c) { return c == ' ' || c == '\t'; };
    while (!value.empty() && is_space(value.front())) value.remove_prefix(1);
    while (!value.empty() && is_space(value.back())) value.remove_suffix(1);
    return value;
}

// Eighteen digits cannot overflow.
bool read_length(std::string_view value, std::optional<std::uint64_t>& length) {
    std::uint64_t number = 0;
    const char* const end = value.data() + value.size();
    const auto [stop, error] = std::from_chars(value.data(), end, number);
    if (length || value.size() > 18 || error != std::errc() || stop != end) return false;
    length = number;
    return true;
}

// False: the field says something about the message that only the full parser weighs.
bool is_plain(std::string_view name, std::string_view value, PlainHead& head, bool& host_seen) {
    switch (name.size()) {
        case 4:
            return !equal_ignoring_case(name, "host") || !std::exchange(host_seen, true);
        case 6:
            return !equal_ignoring_case(name, "expect");
        case 7:
            return !equal_ignoring_case(name, "upgrade");
        case 10:
            return !equal_ignoring_case(name, "connection") ||
                   equal_ignoring_case(value, "keep-alive");
        case 14:
            return !equal_ignoring_case(name, "content-length") ||
                   read_length(value, head.content_length);
        case 16:
            return !equal_ignoring_case(name, "proxy-connection");
        case 17:
            return !equal_ignoring_case(name, "transfer-encoding");
        default:
            return true;
    }
}

bool read_fields(Walk& walk, FieldSlots& fields, PlainHead& head) {
    bool host_seen = false;
    fields.count = 0;
    while (!walk.take("\r\n")) {
        const auto name = walk.take(kToken);
        if (name.empty() || !walk.take(":")) return false;
        const auto value = without_space(walk.take(kText));
        if (!walk.take("\r\n") || !is_plain(name, value, head, host_seen)) return false;
        fields.add(name, value);
    }
    head.size = walk.taken();
    return true;
}

}  // namespace

std::optional<PlainHead> read_plain_request(std::string_view bytes, FieldSlots& fields) {
    Walk walk(bytes);
    PlainHead head;
    head.method = walk.take(kToken);
    if (head.method.empty() || !walk.take(" ")) return {};
    head.target = walk.take(kVisible);
    if (head.target.empty() || !walk.take(" HTTP/1.1\r\n")) return {};
    if (!read_fields(walk, fields, head)) return {};
    return head;
}

std::optional<PlainHead> read_plain_response(std::string_view bytes, FieldSlots& fields) {
    Walk walk(bytes);
    PlainHead head;
    if (!walk.take("HTTP/1.1 ") || bytes.size() < 12) return {};
    for (const char digit : bytes.substr(9, 3)) {
        if (digit < '0' || digit > '9') return {};
        head.status = head.status * 10 + (digit - '0');
    }
    if (head.status < 200 || head.status == 204 || head.status == 304) return {};
    const auto line = walk.take(kText);
    if (line.size() < 4 || line[3] != ' ' || !walk.take("\r\n")) return {};
    if (!read_fields(walk, fields, head) || !head.content_length) return {};
    return head;
}

}  // namespace ogem::net
