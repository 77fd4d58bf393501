#include "options.h"

#include "base/text.h"
#include "config/text/values.h"

#include <CLI/CLI.hpp>

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace ogem::daemon {

namespace {

// Says what the configuration would say about the same value in the file.
template <class Parse>
std::function<std::string(const std::string&)> accepted_by(Parse parse) {
    return [parse](const std::string& text) {
        const auto value = parse(text);
        return value ? std::string() : value.error().reason;
    };
}

// "none" is for a daemon that only its own user reaches, over the socket.
config::Parsed<std::string> parse_listen(const std::string& text) {
    if (text == "none") return config::Parsed<std::string>(text);
    return config::parse_address(text);
}

// Options that are for `ogem` and tests stand in no group, which hides them from --help.
std::unique_ptr<CLI::App> make_table(Options& o) {
    auto app = std::make_unique<CLI::App>(
        "One local endpoint for every language model, in OpenAI's dialect.", "ogemd");
    app->set_help_flag("", "");
    app->add_option("--config", o.config, "Configuration: a path or an http(s) address")
        ->type_name("SRC");
    app->add_option("--listen", o.flags.listen, "Address to listen on; may be repeated")
        ->type_name("HOST:PORT")
        ->check(accepted_by(parse_listen), "")
        ->allow_extra_args(false);
    app->add_option("--socket", o.flags.socket, "Path of the Unix socket")->type_name("PATH");
    app->add_option("--state-dir", o.flags.state_dir, "Folder of the databases")->type_name("DIR");
    app->add_option("--workers", o.flags.workers, "Threads that serve")
        ->type_name("N|auto")
        ->check(accepted_by(config::parse_workers), "");
    app->add_option("--log-level", o.flags.log_level, "How much to log")
        ->type_name("error|warn|info|debug")
        ->check(accepted_by(config::words({"error", "warn", "info", "debug"})), "");
    app->add_option("--log-format", o.flags.log_format, "How to log")
        ->type_name("text|json")
        ->check(accepted_by(config::words({"text", "json"})), "");
    app->add_flag("--check", o.check, "Check the configuration, print what is wrong, and exit");
    app->add_flag("--version", o.version, "Print the version and exit");
    app->add_flag("-h,--help", o.help, "Print this and exit");
    app->add_option("--check-format", o.check_format, "text, json or github")
        ->transform(CLI::CheckedTransformer(
            std::map<std::string, CheckFormat>{{"text", CheckFormat::text},
                                               {"json", CheckFormat::json},
                                               {"github", CheckFormat::github}}))
        ->group("");
    app->add_flag("--check-env", o.check_env, "Keys that are not set are errors")->group("");
    app->add_flag("--check-strict", o.strict, "Deprecated keys are errors")->group("");
    app->add_flag("--private", o.is_private, "Ignore files of the working directory")->group("");
    app->add_option("--ready-fd", o.ready_fd, "Descriptor that gets a byte once ready")->group("");
    app->add_option("--exit-with-fd", o.exit_with_fd, "Descriptor whose end is ours")->group("");
    return app;
}

// The one single-dash long flag that Go programs made people type (A4).
std::string with_two_dashes(std::string_view argument) {
    const bool go_style = argument == "-config" || argument.starts_with("-config=");
    return go_style ? cat('-', argument) : std::string(argument);
}

}  // namespace

Result<Options> parse_options(int argc, const char* const* argv) {
    Options options;
    const auto table = make_table(options);
    std::vector<std::string> arguments;
    for (int i = argc - 1; i > 0; --i) arguments.push_back(with_two_dashes(argv[i]));
    try {
        table->parse(std::move(arguments));  // takes them last first
    } catch (const CLI::Error& error) {
        return fail(Kind::invalid, cat("ogemd: ", error.what(), "; see ogemd --help"));
    }
    return options;
}

std::string help_text() {
    Options ignored;
    return cat(
        "Examples:\n  ogemd                          serve with the keys of the environment\n"
        "  ogemd --config config.yaml     serve what a file describes\n"
        "  ogemd --check                  say what is wrong with the configuration\n\n",
        make_table(ignored)->help(),
        "\nThe configuration is looked for in --config, CONFIG_SOURCE, ./config.yaml,\n"
        "$XDG_CONFIG_HOME/ogem/config.yaml and /etc/ogem/config.yaml. See ogemd(8).\n");
}

std::string version_text() {
    return "ogemd " OGEM_VERSION;
}

}  // namespace ogem::daemon
