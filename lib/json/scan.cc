#include "json/scan.h"

#include "base/text.h"

#include <simdjson.h>

namespace ogem::json {

namespace {

namespace ondemand = simdjson::ondemand;

static_assert(kPadding >= simdjson::SIMDJSON_PADDING);

constexpr std::string_view kSpace = " \t\r\n";

// A parser holds about five times the longest text it has seen; one that has seen a long one is
// given up afterwards, so that a rare 30 MiB request does not stay for good.
constexpr std::size_t kKeptCapacity = 1u << 20;

thread_local ondemand::parser t_parser;

void tidy() {
    if (t_parser.capacity() > kKeptCapacity) t_parser = ondemand::parser();
}

std::unexpected<Error> not_json(simdjson::error_code code) {
    return fail(Kind::invalid, cat("not valid JSON: ", simdjson::error_message(code)));
}

std::unexpected<Error> trailing() {
    return fail(Kind::invalid, "not valid JSON: something follows the end of the document");
}

// The name that starts at `raw`, up to the quote that closes it; the first stage of the parser has
// seen that there is one.
std::string_view name_at(ondemand::raw_json_string raw) {
    const char* first = raw.raw();
    const char* end = first;
    while (*end != '"') end += *end == '\\' ? 2 : 1;
    return {first, static_cast<std::size_t>(end - first)};
}

// The raw text of any value, with the space that follows it. Containers are skipped, so that the
// walk can go on behind them.
simdjson::simdjson_result<std::string_view> raw_value(ondemand::value value) {
    std::string_view token = value.raw_json_token();
    if (token.front() == '{') {
        ondemand::object object;
        if (const auto error = value.get_object().get(object)) return error;
        return object.raw_json();
    }
    if (token.front() == '[') {
        ondemand::array array;
        if (const auto error = value.get_array().get(array)) return error;
        return array.raw_json();
    }
    return {std::move(token)};
}

simdjson::error_code read_value(ondemand::value value, std::string_view& raw) {
    if (const auto error = raw_value(value).get(raw)) return error;
    raw = raw.substr(0, raw.find_last_not_of(kSpace) + 1);
    return simdjson::SUCCESS;
}

// True if between `last`, the end of the last value inside, and the end of `text` there is nothing
// but the closing bracket.
bool closes(std::string_view text, const char* last, char bracket) {
    const auto rest = trim(text.substr(static_cast<std::size_t>(last - text.data())));
    return rest.size() == 1 && rest.front() == bracket;
}

simdjson::error_code open(std::string_view text, ondemand::document& document) {
    const simdjson::padded_string_view padded(text.data(), text.size(), text.size() + kPadding);
    return t_parser.iterate(padded).get(document);
}

Result<void> walk_object(std::string_view text, std::vector<Member>& members) {
    ondemand::document document;
    if (const auto error = open(text, document)) return not_json(error);
    ondemand::object object;
    if (const auto error = document.get_object().get(object)) return not_json(error);
    const char* last = text.data() + text.find('{') + 1;
    for (auto next : object) {
        ondemand::field field;
        if (const auto error = std::move(next).get(field)) return not_json(error);
        Member member{name_at(field.key()), {}};
        if (const auto error = read_value(field.value(), member.value)) return not_json(error);
        last = member.value.data() + member.value.size();
        members.push_back(member);
    }
    if (!closes(text, last, '}')) return trailing();
    return {};
}

Result<void> walk_array(std::string_view text, std::vector<std::string_view>& elements) {
    ondemand::document document;
    if (const auto error = open(text, document)) return not_json(error);
    ondemand::array array;
    if (const auto error = document.get_array().get(array)) return not_json(error);
    const char* last = text.data() + text.find('[') + 1;
    for (auto next : array) {
        ondemand::value value;
        if (const auto error = std::move(next).get(value)) return not_json(error);
        std::string_view raw;
        if (const auto error = read_value(value, raw)) return not_json(error);
        last = raw.data() + raw.size();
        elements.push_back(raw);
    }
    if (!closes(text, last, ']')) return trailing();
    return {};
}

}  // namespace

Result<void> scan_object(std::string_view text, std::vector<Member>& members) {
    members.clear();
    auto walked = walk_object(text, members);
    tidy();
    return walked;
}

Result<void> scan_array(std::string_view text, std::vector<std::string_view>& elements) {
    elements.clear();
    auto walked = walk_array(text, elements);
    tidy();
    return walked;
}

std::string_view Member::plain_name(std::string& buffer) const {
    if (name.find('\\') == std::string_view::npos) return name;
    buffer = string_of(cat('"', name, '"')).value_or(std::string(name));
    return buffer;
}

std::optional<std::string_view> find(const std::vector<Member>& members, std::string_view name) {
    std::string buffer;
    for (const auto& member : members) {
        // An escape only makes a name longer.
        const bool may_have_escapes = member.name.size() > name.size();
        if ((may_have_escapes ? member.plain_name(buffer) : member.name) == name)
            return member.value;
    }
    return {};
}

}  // namespace ogem::json
