#include "json/cursor.h"
#include "json/scan.h"
#include "wire/openai/provider_error.h"

#include <charconv>
#include <optional>

namespace ogem::wire::openai {

namespace {

constexpr std::size_t kMaxMessage = 2'000;  // bytes
constexpr int kMaxDepth = 4;                // {"error":{"error":...}} of gateways behind gateways

using Members = std::vector<json::Member>;

std::optional<Members> members_of(std::string_view raw) {
    Members members;
    json::Cursor c(raw);
    std::string_view name;
    for (c.enter_object(); c.next_member(name);) members.push_back({name, c.value()});
    if (!c.finish()) return {};
    return members;
}

std::string_view first_element(std::string_view raw) {
    json::Cursor c(raw);
    c.enter_array();
    return c.next_element() ? c.value() : std::string_view();
}

std::string_view raw_of(const Members& members, std::string_view name) {
    return json::find(members, name).value_or(std::string_view());
}

std::string text_of(const Members& members, std::string_view name) {
    return json::string_of(raw_of(members, name)).value_or(std::string());
}

int status_in(std::string_view raw) {
    const auto digits = json::string_of(raw).value_or(std::string(raw));
    const auto status = json::integer_of(digits).value_or(0);
    return status >= 400 && status <= 599 ? static_cast<int>(status) : 0;
}

void take_message(std::string_view raw, ErrorWords& words) {
    if (!words.message.empty()) return;
    words.message = json::string_of(raw).value_or(std::string());
    if (words.message.size() > kMaxMessage) words.message.resize(kMaxMessage);
}

bool is_container(std::string_view raw) {
    return raw.starts_with('{') || raw.starts_with('[');
}

void read_value(std::string_view raw, int depth, ErrorWords& words);

// An object that holds no other error: its members are the words.
void read_own_words(const Members& members, ErrorWords& words) {
    words.type = text_of(members, "type");
    words.code = text_of(members, "code");
    words.param = text_of(members, "param");
    for (const auto* name : {"status", "status_code", "code"})
        if (!words.status) words.status = status_in(raw_of(members, name));
}

void read_object(const Members& members, int depth, ErrorWords& words) {
    auto inner = raw_of(members, "error");
    if (inner.empty()) inner = raw_of(members, "errors");
    if (is_container(inner)) {
        read_value(inner, depth + 1, words);
    } else {
        read_own_words(members, words);
    }
    // Beside "error": "Not Found" a `message` is the better sentence.
    take_message(raw_of(members, "message"), words);
    take_message(raw_of(members, "msg"), words);
    if (words.message.empty()) read_value(raw_of(members, "detail"), depth + 1, words);
    take_message(inner, words);
}

void read_value(std::string_view raw, int depth, ErrorWords& words) {
    if (depth >= kMaxDepth) return;
    if (raw.starts_with('[')) return read_value(first_element(raw), depth + 1, words);
    if (!raw.starts_with('{')) return take_message(raw, words);
    if (const auto members = members_of(raw)) read_object(*members, depth, words);
}

}  // namespace

ErrorWords read_error_words(std::string_view json) {
    ErrorWords words;
    json::Cursor c(json);
    const auto document = c.value();
    if (c.finish()) read_value(document, 0, words);
    return words;
}

}  // namespace ogem::wire::openai
