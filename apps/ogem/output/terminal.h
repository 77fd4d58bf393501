// What the three standard streams are connected to, and what may be written to each. Judged per
// stream: a piped answer says nothing about the terminal that standard error is on.
#pragma once

#include "config/load.h"
#include "ogem/exit.h"

#include <string>
#include <string_view>

namespace ogem::cli {

struct Terminal {
    bool in = false, out = false, err = false;  // is a terminal
    bool color_out = false, color_err = false;
    bool progress = false;  // a line on standard error may come and go
};

// `when`: auto, always or never, which wins over NO_COLOR, which wins over CLICOLOR_FORCE.
bool wants_color(std::string_view when, bool is_terminal, const config::Environment& env);

Terminal terminal_of_process(std::string_view color, const config::Environment& env);

std::string dim(std::string_view text, bool color);

// Writes to standard output or error. A failure of standard error is nobody's business.
// Errors: pipe, when the reader has gone; interrupted, when the user stopped us; failure.
Outcome<> write_out(std::string_view text);
void write_err(std::string_view text);

}  // namespace ogem::cli
