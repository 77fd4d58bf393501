// Collects what is wrong with a configuration while it is read. One file per collector; complaints
// about the environment and flags have no file and no place.
#pragma once

#include "config/diagnostic.h"
#include "config/text/node.h"

#include <string>
#include <string_view>
#include <vector>

namespace ogem::config {

// Where in the file; line 0 is nowhere in particular.
struct Place {
    int line = 0, column = 0;

    Place() = default;
    Place(int l, int c) : line(l), column(c) {}
    Place(const Node& node) : line(node.line), column(node.column) {}  // NOLINT: a node is a place
};

class Complaints {
public:
    static constexpr std::size_t kMostOfEach = 200;

    explicit Complaints(std::string file) : file_(std::move(file)) {}

    void error(Place place, std::string_view code, std::string message);
    void warning(Place place, std::string_view code, std::string message);

    // About the environment, a flag, or another file, which the message names.
    void error_outside(std::string_view code, std::string message);
    void warning_outside(std::string_view code, std::string message);

    // Keeps the first 200 errors and the first 200 warnings: more helps nobody.
    void add(Diagnostic diagnostic);
    bool full() const { return errors_ >= kMostOfEach; }

    std::size_t errors() const { return errors_; }
    const std::string& file() const { return file_; }
    std::string text_of(Place place) const;  // "config.yaml:7:15"

    // Everything so far, once each, in order of place; those without a file come last.
    std::vector<Diagnostic> take();

private:
    std::string file_;
    std::vector<Diagnostic> list_;
    std::size_t errors_ = 0, warnings_ = 0;
};

// `text` as a message may quote it: in quotes, on one line, at most 60 bytes; what looks like a key
// or token is not shown at all.
std::string shown(std::string_view text);

// The same for a name, in single quotes; a name with a long run of letters and digits is a name.
std::string shown_name(std::string_view name);

// True of what is more likely a secret than a name: a known prefix (sk-, AIza, Bearer ...), or a
// run of 20 or more letters and digits mixed, as no name has.
bool looks_like_secret(std::string_view text);

// "; did you mean 'rpm'?" if a known word is near, else nothing.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& known);

}  // namespace ogem::config
