#include "gateway/mock/tokens.h"

#include <algorithm>
#include <array>

namespace ogem::gateway::mock {

namespace {

constexpr std::string_view kSpace = " \t\r\n";
constexpr std::size_t kLongestWord = 16;  // bytes

bool starts_character(char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
}

// REQUIRES: `text` is not empty.
std::size_t first_token_length(std::string_view text) {
    const auto word = std::min(text.find_first_not_of(kSpace), text.size());
    const auto near = text.substr(word, kLongestWord + 1);
    const auto length = std::min(near.find_first_of(kSpace), near.size());
    if (length <= kLongestWord) return word + length;
    auto cut = word + kLongestWord;
    while (cut > word + 1 && !starts_character(text[cut])) --cut;
    return cut;
}

}  // namespace

std::int64_t count_tokens(std::string_view text) {
    std::int64_t count = 0;
    for (; !text.empty(); ++count) text.remove_prefix(first_token_length(text));
    return count;
}

std::string_view first_tokens(std::string_view text, std::int64_t count) {
    auto rest = text;
    for (; count > 0 && !rest.empty(); --count) rest.remove_prefix(first_token_length(rest));
    return text.substr(0, text.size() - rest.size());
}

std::string lorem(std::int64_t count) {
    constexpr std::array<std::string_view, 12> kWords{
        "lorem",      "ipsum", "dolor", "sit", "amet",    "consectetur",
        "adipiscing", "elit",  "sed",   "do",  "eiusmod", "tempor"};
    std::string text;
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
        if (i > 0) text += ' ';
        text += kWords[i % kWords.size()];
    }
    return text;
}

}  // namespace ogem::gateway::mock
