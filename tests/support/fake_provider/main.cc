// fake_provider: a scripted OpenAI-compatible upstream for tests, benchmarks and demonstrations.
#include "sockets/server.h"

#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

constexpr char kUsage[] =
    "usage: fake_provider [--port N] [--unix PATH] [--tls CERT KEY] [--no-log] [--scripts]\n"
    "  --port N        listen on 127.0.0.1:N; 0, the default, takes a free port\n"
    "  --unix PATH     listen on this Unix socket too\n"
    "  --tls CERT KEY  speak TLS with this certificate (PEM files)\n"
    "  --no-log        keep no record of requests (for benchmarks)\n"
    "  --scripts       list the words of scripts and exit\n";

struct Options {
    int port = 0;
    std::string unix_path, certificate, key;
    bool log = true;
};

[[noreturn]] void usage(int code) {
    std::fputs(kUsage, code == 0 ? stdout : stderr);
    std::exit(code);
}

int port_of(const char* text) {
    int port = -1;
    const auto [end, error] = std::from_chars(text, text + std::strlen(text), port);
    if (error != std::errc() || *end != 0 || port < 0 || port > 65535) usage(2);
    return port;
}

Options parse(int argc, char** argv) {
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string_view flag = argv[i];
        const auto next = [&] { return ++i < argc ? argv[i] : (usage(2), nullptr); };
        if (flag == "--help")
            usage(0);
        else if (flag == "--port")
            options.port = port_of(next());
        else if (flag == "--unix")
            options.unix_path = next();
        else if (flag == "--no-log")
            options.log = false;
        else if (flag == "--tls")
            options.certificate = next(), options.key = next();
        else if (flag == "--scripts")
            std::fputs(ogem::fake::script_help().c_str(), stdout), std::exit(0);
        else
            usage(2);
    }
    return options;
}

}  // namespace

int main(int argc, char** argv) {
    const auto options = parse(argc, argv);
    std::signal(SIGPIPE, SIG_IGN);
    auto* const tls = options.certificate.empty()
                          ? nullptr
                          : ogem::fake::tls_server(options.certificate, options.key);
    ogem::fake::Provider provider(options.log);
    ogem::fake::Server server(provider, tls);
    if (!options.unix_path.empty()) server.listen_unix(options.unix_path);
    std::printf("listening 127.0.0.1:%d\n", server.listen_tcp(options.port));
    std::fflush(stdout);
    server.run();
}
