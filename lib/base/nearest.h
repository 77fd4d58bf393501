// "Did you mean": the words of a list that a misspelt one was most likely meant to be.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ogem {

// Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`, ASCII case
// ignored. Bytes, not characters. O(|a| * |b|): not for long texts.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The words of `known` near `word`, nearest first, ties in the order of `known`, at most `limit`.
// Near: a third of the longer word's length in edits at most, or one begins with the other (three
// bytes or more). Words over 128 bytes are near nothing, so a hostile input costs little.
std::vector<std::string> nearest(std::string_view word, const std::vector<std::string>& known,
                                 std::size_t limit);

}  // namespace ogem
