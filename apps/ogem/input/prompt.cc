#include "ogem/input/prompt.h"

#include "base/text.h"

#include <algorithm>

namespace ogem::cli {

namespace {

std::size_t longest_run(std::string_view text, char wanted) {
    std::size_t longest = 0, run = 0;
    for (const char c : text) {
        run = c == wanted ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

std::string fenced(const NamedText& file) {
    const std::string fence(std::max<std::size_t>(3, longest_run(file.text, '`') + 1), '`');
    const auto* end = file.text.empty() || file.text.ends_with('\n') ? "" : "\n";
    return cat(fence, file.name, "\n", file.text, end, fence);
}

}  // namespace

std::string prompt_of(const std::vector<std::string>& words, const std::vector<NamedText>& files,
                      std::string_view stdin_text) {
    std::vector<std::string> pieces;
    std::vector<std::string> spoken;
    std::ranges::copy_if(words, std::back_inserter(spoken),
                         [](const auto& word) { return word != "-"; });
    if (auto text = join(spoken, " "); !text.empty()) pieces.push_back(std::move(text));
    for (const auto& file : files) pieces.push_back(fenced(file));
    while (stdin_text.ends_with('\n')) stdin_text.remove_suffix(1);
    if (!stdin_text.empty()) pieces.emplace_back(stdin_text);
    return join(pieces, "\n\n");
}

}  // namespace ogem::cli
