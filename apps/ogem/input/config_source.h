// Which configuration an ogemd started here would read, and its text.
#pragma once

#include "ogem/session.h"

#include <optional>
#include <string>

namespace ogem::cli {

struct ConfigText {
    std::string name;                 // for messages; empty: zero-config
    std::optional<std::string> text;  // absent: zero-config
};

// --config, CONFIG_SOURCE, ./config.yaml, the user's, the system's; "" is zero-config (contract
// section 1). A ./config.yaml that someone else could have written does not count.
std::string config_source(const Context& context);

bool is_url(const std::string& source);

// `source`: a path, "-" for standard input, or "" for zero-config. Errors: usage, if it cannot be
// read.
Outcome<ConfigText> read_config(const Context& context, const std::string& source);

// The variables of ./.env; none if there is no such file, or not one of ours.
config::Environment read_dotenv(std::vector<config::Diagnostic>& complaints);

}  // namespace ogem::cli
