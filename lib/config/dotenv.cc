#include "base/text.h"
#include "config/load.h"

#include <optional>

namespace ogem::config {

namespace {

constexpr std::size_t kMostVariables = 1000;
constexpr std::string_view kNameCharacters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-";

char unescaped(char c) {
    switch (c) {
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        case 't':
            return '\t';
        default:
            return c;
    }
}

// The text between the quote at the start of `raw` and its partner; nothing if there is none. In
// double quotes a backslash escapes.
std::optional<std::string> quoted_value(std::string_view raw) {
    const char quote = raw.front();
    std::string value;
    for (std::size_t i = 1; i < raw.size(); ++i) {
        if (raw[i] == quote) {
            const auto rest = trim(raw.substr(i + 1));
            if (!rest.empty() && rest.front() != '#') return std::nullopt;
            return value;
        }
        const bool escape = quote == '"' && raw[i] == '\\' && i + 1 < raw.size();
        value += escape ? unescaped(raw[++i]) : raw[i];
    }
    return std::nullopt;
}

std::optional<std::string> value_of(std::string_view raw) {
    if (raw.starts_with('"') || raw.starts_with('\'')) return quoted_value(raw);
    // A # begins a comment only after space: keys may hold one.
    for (std::size_t i = 0; i < raw.size(); ++i)
        if (raw[i] == '#' && (i == 0 || raw[i - 1] == ' ' || raw[i - 1] == '\t'))
            raw = raw.substr(0, i);
    return std::string(trim(raw));
}

struct Assignment {
    std::string name, value;
};

std::optional<Assignment> assignment_of(std::string_view line) {
    if (line.starts_with("export ") || line.starts_with("export\t")) line = trim(line.substr(7));
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const auto name = trim(line.substr(0, equals));
    const bool fine = !name.empty() && !(name.front() >= '0' && name.front() <= '9') &&
                      name.find_first_not_of(kNameCharacters) == std::string_view::npos;
    auto value = value_of(trim(line.substr(equals + 1)));
    if (!fine || !value) return std::nullopt;
    return Assignment{std::string(name), std::move(*value)};
}

}  // namespace

Environment parse_dotenv(std::string_view text, std::string_view name,
                         std::vector<Diagnostic>& complaints) {
    Environment variables;
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);  // a byte order mark
    int number = 0;
    for (const auto raw : split(text, '\n')) {
        ++number;
        const auto line = trim(raw);
        if (line.empty() || line.front() == '#') continue;
        // The line may hold a key, so it is not shown.
        auto assignment = assignment_of(line);
        if (!assignment || variables.size() >= kMostVariables) {
            complaints.push_back({Severity::warning, "W407", std::string(name), number, 1,
                                  assignment ? "more than 1000 variables; this one is ignored"
                                             : "this line is ignored: it is not NAME=value"});
            if (complaints.size() > kMostVariables) break;
            continue;
        }
        variables[assignment->name] = std::move(assignment->value);
    }
    return variables;
}

}  // namespace ogem::config
