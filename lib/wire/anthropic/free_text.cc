#include "wire/anthropic/free_text.h"

#include "json/cursor.h"
#include "json/scan.h"

#include <utility>

namespace ogem::wire::anthropic {

namespace {

// Cuts space and then `token` off `text`: 1 done, 0 the text ends before it, -1 something else.
int take_token(std::string_view& text, std::string_view token) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    const auto common = std::min(text.size(), token.size());
    if (text.substr(0, common) != token.substr(0, common)) return -1;
    text.remove_prefix(common);
    return common == token.size() ? 1 : 0;
}

// Length of the escape at the start of `text`, a surrogate pair as one; 0 if it has not all come.
std::size_t escape_length(std::string_view text) {
    if (text.size() < 2) return 0;
    if (text[1] != 'u') return 2;
    if (text.size() < 6) return 0;
    const bool high = (text[2] == 'd' || text[2] == 'D') &&
                      std::string_view("89abAB").find(text[3]) != std::string_view::npos;
    if (!high) return 6;
    if (text.size() < 8) return std::string_view("\\u").starts_with(text.substr(6)) ? 0 : 6;
    if (text.substr(6, 2) != "\\u") return 6;
    return text.size() < 12 ? 0 : 12;
}

std::string undone(std::string_view escape) {
    return json::string_of('"' + std::string(escape) + '"').value_or("\xef\xbf\xbd");
}

}  // namespace

// Moves behind the quote that opens the text. False: not all of the head has come, or it is
// another.
bool FreeText::enter_text() {
    std::string_view rest(held_);
    for (const auto* token : {"{", "\"input\"", ":", "\""}) {
        const int taken = take_token(rest, token);
        if (taken < 0) place_ = Place::another_shape;
        if (taken < 1) return false;
    }
    held_.erase(0, held_.size() - rest.size());
    place_ = Place::inside;
    return true;
}

void FreeText::take_text(std::string& out) {
    std::string_view rest(held_);
    while (!rest.empty()) {
        const auto plain = std::min(rest.find_first_of("\"\\"), rest.size());
        out.append(rest.substr(0, plain));
        rest.remove_prefix(plain);
        if (rest.empty()) break;
        if (rest.front() == '"') {
            place_ = Place::behind;
            rest = {};
            break;
        }
        const auto length = escape_length(rest);
        if (length == 0) break;
        out += undone(rest.substr(0, length));
        rest.remove_prefix(length);
    }
    held_.erase(0, held_.size() - rest.size());
}

std::string FreeText::feed(std::string_view json) {
    std::string out;
    if (place_ == Place::behind || held_.size() + json.size() > kMostHeld) return out;
    held_ += json;
    if (place_ == Place::head && !enter_text()) return out;
    if (place_ == Place::inside) take_text(out);
    return out;
}

std::string FreeText::finish() {
    if (place_ == Place::behind || place_ == Place::inside) return {};
    auto json = std::exchange(held_, {});
    json::Cursor c(json);
    std::string_view name, input;
    if (c.peek() == '{')
        for (c.enter_object(); c.next_member(name);) {
            const auto value = c.value();
            if (name == "input") input = value;
        }
    if (!c.finish()) return json;
    return json::string_of(input).value_or(json == "{}" ? std::string() : json);
}

}  // namespace ogem::wire::anthropic
