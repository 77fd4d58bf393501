#include "config/diagnostic.h"

#include "base/text.h"
#include "json/writer.h"

#include <algorithm>

namespace ogem::config {

namespace {

std::string_view word_of(Severity severity) {
    return severity == Severity::error ? "error" : "warning";
}

std::size_t count_of(const std::vector<Diagnostic>& diagnostics, Severity severity) {
    return static_cast<std::size_t>(
        std::count_if(diagnostics.begin(), diagnostics.end(),
                      [&](const auto& diagnostic) { return diagnostic.severity == severity; }));
}

// GitHub's workflow commands escape these in values; `property` also the separators.
std::string github_escaped(std::string_view text, bool property) {
    std::string out;
    for (const char c : text) {
        if (c == '%') {
            out += "%25";
        } else if (c == '\n' || c == '\r') {
            out += c == '\n' ? "%0A" : "%0D";
        } else if (property && (c == ':' || c == ',')) {
            out += c == ':' ? "%3A" : "%2C";
        } else {
            out += c;
        }
    }
    return out;
}

}  // namespace

std::string to_text(const Diagnostic& d) {
    std::string place;
    if (!d.file.empty()) append(place, d.file, ':');
    if (d.line > 0) append(place, d.line, ':', d.column, ':');
    if (!place.empty()) place += ' ';
    return cat(place, word_of(d.severity), ": ", d.message, " [", d.code, ']');
}

std::string to_github(const Diagnostic& d) {
    std::string out = cat("::", word_of(d.severity), ' ');
    if (!d.file.empty()) append(out, "file=", github_escaped(d.file, true), ',');
    if (d.line > 0) append(out, "line=", d.line, ",col=", d.column, ',');
    append(out, "title=", d.code, "::", github_escaped(d.message, false));
    return out;
}

std::string summary_of(const std::vector<Diagnostic>& diagnostics) {
    const auto counted = [](std::size_t count, std::string_view noun) {
        return cat(count, ' ', noun, count == 1 ? "" : "s");
    };
    const auto errors = count_of(diagnostics, Severity::error);
    const auto warnings = count_of(diagnostics, Severity::warning);
    if (errors == 0 && warnings == 0) return "no errors";
    return cat(counted(errors, "error"), ", ", counted(warnings, "warning"));
}

std::string to_json(const std::vector<Diagnostic>& diagnostics) {
    std::string out;
    json::Writer w(out);
    const auto errors = count_of(diagnostics, Severity::error);
    w.begin_object().key("ok").value(errors == 0).key("errors").value(errors);
    w.key("warnings").value(count_of(diagnostics, Severity::warning));
    w.key("diagnostics").begin_array();
    for (const auto& d : diagnostics) {
        w.begin_object().key("severity").value(word_of(d.severity)).key("code").value(d.code);
        w.key("file").value(d.file).key("line").value(d.line).key("column").value(d.column);
        w.key("message").value(d.message).end_object();
    }
    w.end_array().end_object();
    return out;
}

}  // namespace ogem::config
