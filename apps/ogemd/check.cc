#include "check.h"

#include <ostream>

namespace ogem::daemon {

namespace {

void print(const std::vector<config::Diagnostic>& complaints, CheckFormat format,
           std::ostream& out) {
    if (format == CheckFormat::json) {
        out << config::to_json(complaints) << '\n';
        return;
    }
    for (const auto& complaint : complaints)
        out << (format == CheckFormat::text ? config::to_text(complaint)
                                            : config::to_github(complaint))
            << '\n';
    if (format == CheckFormat::text) out << config::summary_of(complaints) << '\n';
}

}  // namespace

int check(const Options& options, const config::Environment& env, const Fetch& fetch,
          std::ostream& out, std::ostream& err, const std::string& directory) {
    const auto loaded = load_configuration(options, env, fetch, directory);
    if (!loaded) {
        err << "ogemd: " << loaded.error().message << '\n';
        return kFailure;
    }
    print(loaded->complaints, options.check_format, out);
    return loaded->ok() ? kSuccess : kBadConfiguration;
}

}  // namespace ogem::daemon
