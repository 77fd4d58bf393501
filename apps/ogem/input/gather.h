// The messages of `ogem chat`, gathered from its arguments, files and standard input.
#pragma once

#include "ogem/session.h"

#include <string>

namespace ogem::cli {

// Words, files and standard input as one message (input/prompt.h), by the stdin rule
// (input/stdin_rule.h). Errors: usage, for no input, silent input, or what is not text.
Outcome<std::string> gather_prompt(const Context& context, const Chat& chat);

// The text of -s: as it is, or of the file that @FILE names.
Outcome<std::string> gather_system(const std::string& text);

}  // namespace ogem::cli
