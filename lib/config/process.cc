#include "config/load.h"

#include <string_view>

extern char** environ;  // NOLINT: POSIX names it so

namespace ogem::config {

Environment process_environment() {
    Environment variables;
    for (char** at = environ; at && *at; ++at) {
        const std::string_view line = *at;
        const auto equals = line.find('=');
        if (equals != std::string_view::npos && equals > 0)
            variables.emplace(line.substr(0, equals), line.substr(equals + 1));
    }
    return variables;
}

}  // namespace ogem::config
