// The user message of `ogem chat`: the words, the files, standard input, in this order. No I/O.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ogem::cli {

struct NamedText {
    std::string name, text;
};

// The pieces with an empty line between them; empty ones are left out. Files are fenced with their
// name, by a fence longer than any inside.
std::string prompt_of(const std::vector<std::string>& words, const std::vector<NamedText>& files,
                      std::string_view stdin_text);

}  // namespace ogem::cli
