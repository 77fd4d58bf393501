#include "ogem/words.h"

#include "base/duration.h"
#include "base/nearest.h"
#include "base/text.h"

namespace ogem::cli {

namespace {

constexpr char kMark = '\x1a';

}  // namespace

std::string marked(std::string_view word) {
    const bool is_list = word.starts_with('[') && word.ends_with(']');
    return is_list || word == "++" ? cat(kMark, word) : std::string(word);
}

std::string unmarked(std::string word) {
    return word.starts_with(kMark) ? word.substr(1) : word;
}

Outcome<std::optional<Duration>> duration_of(const std::string& text, std::string_view flag) {
    if (text.empty()) return std::nullopt;
    const auto duration = parse_duration(text);
    if (!duration) return failed(Exit::usage, cat(flag, ": ", duration.error().message));
    if (*duration < 0s) return failed(Exit::usage, cat(flag, ": ", text, " is negative"));
    return *duration;
}

Failure not_known(const std::string& word, const std::string& command,
                  const std::vector<std::string>& known) {
    const auto see = cat("; see ", command, " --help");
    if (word.starts_with('-')) return {Exit::usage, cat("unknown option ", word, see), {}, {}};
    const auto near = nearest(word, known, 1);
    const auto advice = near.empty() ? see : cat("; did you mean '", near[0], "'?");
    return {Exit::usage, cat("'", word, "' is not a command of ", command, advice), {}, {}};
}

}  // namespace ogem::cli
