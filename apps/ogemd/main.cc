#include "base/log.h"
#include "check.h"
#include "config_source.h"
#include "net/fetch.h"
#include "options.h"
#include "services.h"

#include <iostream>

namespace ogem::daemon {
namespace {

int serve(const Options& options, const config::Environment& env, const Fetch& fetch) {
    auto loaded = load_configuration(options, env, fetch);
    if (!loaded) {
        std::cerr << "ogemd: " << loaded.error().message << '\n';
        return kFailure;
    }
    if (!loaded->ok()) {
        for (const auto& complaint : loaded->complaints) std::cerr << to_text(complaint) << '\n';
        return kBadConfiguration;
    }
    Services services(
        std::move(*loaded), [=] { return load_configuration(options, env, fetch); },
        with_dotenv(options, env), options);
    const auto served = services.run();
    if (served) return kSuccess;
    std::cerr << "ogemd: " << served.error().message << '\n';
    return kFailure;
}

}  // namespace
}  // namespace ogem::daemon

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
    const auto env = ogem::config::process_environment();
    const Fetch fetch = [&](const std::string& url, const ogem::Secret& token) {
        const auto variables = with_dotenv(*options, env);
        ogem::net::FetchRequest request;
        request.url = url;
        request.token = token;
        request.proxies = ogem::net::proxies_of(variables);
        request.trust = ogem::net::trust_of(variables);
        return ogem::net::fetch_text(request);
    };
    if (options->check) return check(*options, env, fetch, std::cout, std::cerr);
    return serve(*options, env, fetch);
}
