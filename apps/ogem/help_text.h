// The words of --help and of `ogem help TOPIC` that no option table can give.
#pragma once

#include <string>
#include <string_view>

namespace ogem::cli {

struct Words {
    std::string_view name, group, summary, examples;
};

// Of a command; of the program for "ogem". REQUIRES: a known name.
const Words& words_of(std::string_view name);

// The text of a topic (exit-codes, environment, formats), or "" for anything else.
std::string topic_text(std::string_view topic);

}  // namespace ogem::cli
