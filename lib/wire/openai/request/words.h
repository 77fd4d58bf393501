// Members whose value is one word of a few.
#pragma once

#include "wire/openai/request/spot.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace ogem::wire::openai {

template <class Value, std::size_t N>
using Words = std::array<std::pair<std::string_view, Value>, N>;

// `"video" is not text, image_url or file`: the words of `words` as a complaint about `word`.
std::string is_none_of(std::string_view word, const std::string_view* words, std::size_t count);

// The meaning of the string at `spot`. Errors: invalid, naming the spot and the words there are.
template <class Value, std::size_t N>
Result<Value> read_word(const Spot& spot, const Words<Value, N>& words) {
    std::string word;
    if (auto taken = take(spot, word); !taken) return fail_as(taken);
    std::array<std::string_view, N> names;
    for (std::size_t i = 0; i < N; ++i) {
        if (word == words[i].first) return words[i].second;
        names[i] = words[i].first;
    }
    return spot.refuse(is_none_of(word, names.data(), N));
}

}  // namespace ogem::wire::openai
