#include "check.h"
#include "config_source.h"
#include "options.h"

#include <iostream>

int main(int argc, char** argv) {
    using namespace ogem::daemon;
    const auto options = parse_options(argc, argv);
    if (!options) {
        std::cerr << options.error().message << '\n';
        return kUsage;
    }
    if (options->help) {
        std::cout << help_text();
        return kSuccess;
    }
    if (options->version) {
        std::cout << version_text() << '\n';
        return kSuccess;
    }
    const Fetch fetch = [](const std::string& url, const ogem::Secret&) {
        return ogem::Result<std::string>(
            ogem::fail(ogem::Kind::unavailable, url + " cannot be fetched by this build"));
    };
    const auto env = ogem::config::process_environment();
    if (options->check) return check(*options, env, fetch, std::cout, std::cerr);
    std::cerr << "ogemd: not serving yet\n";
    return kFailure;
}
