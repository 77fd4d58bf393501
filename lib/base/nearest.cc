#include "base/nearest.h"

#include "base/text.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace ogem {

namespace {

constexpr std::size_t kLongestWord = 128;   // bytes
constexpr std::size_t kShortestPrefix = 3;  // bytes

std::optional<std::size_t> score_of(std::string_view word, std::string_view candidate) {
    const auto [shorter, longer] = std::minmax({word.size(), candidate.size()});
    if (shorter == 0 || longer > kLongestWord) return std::nullopt;
    const auto edits = edit_distance(word, candidate);
    const auto allowed = std::max<std::size_t>(1, longer / 3);
    if (edits <= allowed) return edits;
    const bool prefix = starts_with_ignoring_case(word, candidate.substr(0, word.size())) ||
                        starts_with_ignoring_case(candidate, word.substr(0, candidate.size()));
    // A prefix is a weaker hint than a typing error, however few letters are missing.
    if (prefix && shorter >= kShortestPrefix) return kLongestWord + edits;
    return std::nullopt;
}

}  // namespace

std::size_t edit_distance(std::string_view left, std::string_view right) {
    const auto a = to_lower(left), b = to_lower(right);
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + changed});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

std::vector<std::string> nearest(std::string_view word, const std::vector<std::string>& known,
                                 std::size_t limit) {
    std::vector<std::pair<std::size_t, const std::string*>> near;
    for (const auto& candidate : known)
        if (const auto score = score_of(word, candidate)) near.emplace_back(*score, &candidate);
    std::stable_sort(near.begin(), near.end(),
                     [](const auto& x, const auto& y) { return x.first < y.first; });
    std::vector<std::string> words;
    for (const auto& [score, candidate] : near) {
        if (words.size() == limit) break;
        words.push_back(*candidate);
    }
    return words;
}

}  // namespace ogem
