// What the mock provider calls a token: white space, then at most 16 bytes of a word, cut between
// UTF-8 characters.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ogem::gateway::mock {

std::int64_t count_tokens(std::string_view text);

// The first `count` tokens of `text`, or all of it.
std::string_view first_tokens(std::string_view text, std::int64_t count);

// `count` tokens of filler.
std::string lorem(std::int64_t count);

}  // namespace ogem::gateway::mock
