// Words of the command line, before the parser sees them and where it cannot judge them. No I/O.
#pragma once

#include "base/clock.h"
#include "ogem/exit.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::cli {

// CLI11 takes "[a,b]" apart wherever several words are allowed and "++" for the end of a command,
// but a prompt may hold both: such words travel behind a mark that is taken off again.
std::string marked(std::string_view word);
std::string unmarked(std::string word);

// The duration that a flag was given; none for "". Errors: usage, if it is not one, or negative.
Outcome<std::optional<Duration>> duration_of(const std::string& text, std::string_view flag);

// What to say of a `word` that `command` ("ogem daemon") does not know. `known`: its verbs.
Failure not_known(const std::string& word, const std::string& command,
                  const std::vector<std::string>& known);

}  // namespace ogem::cli
