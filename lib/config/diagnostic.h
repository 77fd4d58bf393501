// One complaint about a configuration: where, how bad, which rule, and what to do.
// Printed as  config.yaml:14:13: error: unknown key 'rmp' in model 'gpt-4o'; did you mean 'rpm'?
// [E101] Codes are stable and documented in docs/config-codes.md: E1xx syntax and names, E2xx
// providers, E3xx values, W3xx suspicious values, W4xx environment.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::config {

enum class Severity : std::uint8_t { warning, error };

struct Diagnostic {
    Severity severity = Severity::error;
    std::string code;     // "E101"
    std::string file;     // path, URL, ".env", or empty for the environment and flags
    int line = 0;         // 1-based; 0: the whole file
    int column = 0;       // 1-based
    std::string message;  // a sentence, with the value that was wrong and what was meant
};

// One line in the form of compilers, without a newline.
std::string to_text(const Diagnostic& diagnostic);

// One line that GitHub Actions shows beside the place it is about.
std::string to_github(const Diagnostic& diagnostic);

// "2 errors, 1 warning", or "no errors" if there is nothing at all.
std::string summary_of(const std::vector<Diagnostic>& diagnostics);

// {"ok":false,"errors":2,"warnings":1,"diagnostics":[{"severity","code","file","line","column","message"}...]}
std::string to_json(const std::vector<Diagnostic>& diagnostics);

}  // namespace ogem::config
