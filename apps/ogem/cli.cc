#include "ogem/cli.h"

#include "base/text.h"
#include "ogem/help_text.h"
#include "ogem/words.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <functional>
#include <memory>

namespace ogem::cli {

namespace {

std::string path_of(const CLI::App* app) {
    if (app->get_parent() == nullptr) return app->get_name();
    return cat(path_of(app->get_parent()), " ", app->get_name());
}

// Help that begins with what people copy: the examples (kept in each command's footer).
class Formatter : public CLI::Formatter {
public:
    std::string make_help(const CLI::App* app, std::string,
                          CLI::AppFormatMode mode) const override {
        auto text = app->get_description() + "\n\n";
        const bool is_verb =
            app->get_parent() != nullptr && app->get_parent()->get_parent() != nullptr;
        if (!is_verb) append(text, "Examples:\n", app->get_footer(), "\n");
        const auto* more =
            app->get_parent() == nullptr
                ? ""
                : "\n--json, --timeout and other flags of every command: ogem --help";
        return cat(text, make_usage(app, path_of(app)), make_positionals(app),
                   make_groups(app, mode), make_subcommands(app, mode), more, "\n");
    }
};

void take_marks_off(CLI::App& app) {
    for (auto* option : app.get_options()) option->transform(unmarked);
    for (auto* sub : app.get_subcommands([](const CLI::App*) { return true; }))
        take_marks_off(*sub);
}

// Texts that CLI11 fills and that still have to be understood.
struct Raw {
    std::string timeout, wait_for, help_topic;
    bool version = false;
};

class Line {
public:
    Line();
    Outcome<Invocation> parse(int argc, const char* const* argv);

private:
    void describe(CLI::App& app, std::string_view name);
    CLI::App& command(std::string_view name, std::function<Outcome<Command>()> made);
    CLI::App& verb(CLI::App& parent, const char* name, const char* text,
                   std::function<void()> chosen);
    void add_globals();
    void add_chat();
    void add_look();
    void add_config();
    void add_daemon();
    void add_api();

    Outcome<Command> help_on(const std::string& topic) const;
    Outcome<> finish();
    const CLI::App* innermost() const;
    Failure not_understood() const;

    CLI::App app_{"", "ogem"};
    std::function<Outcome<Command>()> made_;  // of the command that was named
    Invocation invocation_;
    Raw raw_;
    Chat chat_;
    Status status_;
    Models models_;
    Daemon daemon_;
    Api api_;
    Config config_;
};

Line::Line() {
    app_.formatter(std::make_shared<Formatter>());
    app_.require_subcommand(0, 1);  // later words are not commands, whatever they are
    describe(app_, "ogem");
    add_globals();
    add_chat();
    add_look();
    add_config();
    add_daemon();
    add_api();
    command("help", [this] {
        return help_on(raw_.help_topic);
    }).add_option("TOPIC", raw_.help_topic, "a command, exit-codes, environment or formats");
    take_marks_off(app_);
}

void Line::describe(CLI::App& app, std::string_view name) {
    const auto& words = words_of(name);
    app.description(std::string(words.summary));
    app.footer(std::string(words.examples));
    app.set_help_flag("-h,--help", "this text");
}

CLI::App& Line::command(std::string_view name, std::function<Outcome<Command>()> made) {
    auto* app = app_.add_subcommand(std::string(name), "");
    describe(*app, name);
    app->group(std::string(words_of(name).group));
    app->fallthrough();
    app->callback([this, made = std::move(made)] { made_ = made; });
    return *app;
}

CLI::App& Line::verb(CLI::App& parent, const char* name, const char* text,
                     std::function<void()> chosen) {
    auto* app = parent.add_subcommand(name, text);
    app->set_help_flag("-h,--help", "this text");
    app->group("Verbs");
    app->fallthrough();
    app->callback(std::move(chosen));
    parent.require_subcommand(0, 1);
    return *app;
}

void Line::add_globals() {
    auto& globals = invocation_.globals;
    app_.add_flag("--version", raw_.version, "versions of ogem and of a running daemon");
    app_.option_defaults()->group("Everywhere");
    app_.add_flag("--json", globals.json, "print JSON (ogem help formats)");
    app_.add_option("--get", globals.get, "print one value of the JSON")->type_name("POINTER");
    app_.add_flag("-q,--quiet", globals.quiet, "only errors on standard error");
    app_.add_flag("-v,--verbose", globals.verbose, "say which daemon is used");
    app_.add_option("--color", globals.color, "auto, always or never")
        ->check(CLI::IsMember({"auto", "always", "never"}))
        ->type_name("WHEN");
    app_.add_option("--socket", globals.socket, "of the daemon (OGEM_SOCKET)")->type_name("PATH");
    app_.add_option("--config", globals.config, "path or URL; starts a private daemon with it")
        ->type_name("SRC");
    app_.add_option("--timeout", raw_.timeout, "of the whole command, like 30s")->type_name("DUR");
    app_.add_flag("--no-input", globals.no_input, "never ask anything");
    app_.option_defaults()->group("Options");
}

void add_place(CLI::App& app, bool& direct, bool& daemon) {
    auto* never = app.add_flag("--direct", direct, "use a private daemon even if one runs");
    app.add_flag("--daemon", daemon, "fail unless a daemon runs")->excludes(never);
}

// A flag that may be repeated and takes one value each time.
CLI::Option* add_repeated(CLI::App& app, const char* name, std::vector<std::string>& into,
                          const char* text) {
    return app.add_option(name, into, text)->allow_extra_args(false);
}

void Line::add_chat() {
    auto& app = command("chat", [this] { return chat_; });
    app.add_option("PROMPT", chat_.prompt, "words of the prompt; - is standard input");
    app.add_option("-m,--model", chat_.model, "name, provider/name, or a fallback chain a,b,c")
        ->type_name("EXPR");
    app.add_option("-s,--system", chat_.system, "system message")->type_name("TEXT|@FILE");
    add_repeated(app, "-f,--file", chat_.files, "text file to send along, - for standard input")
        ->type_name("PATH");
    add_repeated(app, "-o,--option", chat_.options, "request option, such as temperature=0")
        ->type_name("K=V");
    app.add_flag("-u,--usage", chat_.usage, "route, time and tokens on standard error");
    app.add_flag("-n,--no-stdin", chat_.no_stdin, "leave standard input alone");
    app.add_flag("--raw", chat_.raw, "the answer's bytes as they are");
    auto* whole = app.add_flag("--no-stream", chat_.no_stream, "wait for the whole answer");
    app.add_flag("--stream", chat_.stream, "with --json: one chunk a line")->excludes(whole);
    app.add_flag("--strict", chat_.strict, "end with 10 if the answer was filtered or hit a limit");
    add_place(app, chat_.direct, chat_.daemon);
}

void Line::add_look() {
    auto& status = command("status", [this] { return status_; });
    auto* wait = status.add_flag("--wait", status_.wait, "wait until the daemon is ready");
    status.add_option("--for", raw_.wait_for, "how long at most")->type_name("DUR")->needs(wait);
    auto& models = command("models", [this] { return models_; });
    models.add_option("PATTERN", models_.pattern, "part of a name, or a glob with * and ?");
    add_place(models, models_.direct, models_.daemon);
}

void Line::add_config() {
    auto& app = command("config", [this] { return config_; });
    const auto choose = [this](Config::Verb verb) { return [this, verb] { config_.verb = verb; }; };
    verb(app, "show", "what is in force, secrets masked (also without a verb)",
         choose(Config::Verb::show));
    verb(app, "path", "where socket, state and configuration live", choose(Config::Verb::path));
    auto& check = verb(app, "check", "find what is wrong, offline", choose(Config::Verb::check));
    check.add_option("SOURCE", config_.source, "path, URL or -; else what ogemd would read here");
    check.add_flag("--env", config_.env, "a key that is not in the environment is an error");
    check.add_flag("--strict", config_.strict, "so is what is deprecated");
    check.add_option("--format", config_.format, "text, json or github")
        ->check(CLI::IsMember({"text", "json", "github"}));
}

void Line::add_daemon() {
    auto& app = command("daemon", [this] { return daemon_; });
    const auto choose = [this](Daemon::Verb verb) { return [this, verb] { daemon_.verb = verb; }; };
    verb(app, "start", "start it in the background, unless it runs", choose(Daemon::Verb::start));
    verb(app, "stop", "let it finish what it is doing, and end", choose(Daemon::Verb::stop));
    verb(app, "restart", "stop, then start", choose(Daemon::Verb::restart));
    verb(app, "reload", "read the configuration again", choose(Daemon::Verb::reload));
}

void Line::add_api() {
    auto& app = command("api", [this] { return api_; });
    app.add_option("WORDS", api_.words, "[METHOD] PATH")->required();
    app.add_option("-d,--data", api_.data, "body: text, @FILE or -; makes it a POST");
    add_repeated(app, "-H,--header", api_.headers, "such as 'x-ogem-timeout: 5s'")
        ->type_name("NAME: VALUE");
    add_place(app, api_.direct, api_.daemon);
}

const CLI::App* Line::innermost() const {
    const CLI::App* app = &app_;
    while (!app->get_subcommands().empty()) app = app->get_subcommands().front();
    return app;
}

std::vector<std::string> names_of(const CLI::App& app) {
    std::vector<std::string> names;
    for (const auto* sub : app.get_subcommands([](const CLI::App*) { return true; })) {
        names.push_back(sub->get_name());
    }
    return names;
}

Failure Line::not_understood() const {
    const auto& app = *innermost();
    const auto rest = app_.remaining(true);
    const auto word = rest.empty() ? std::string() : rest.front();
    return not_known(word, path_of(&app), names_of(app));
}

Outcome<Command> Line::help_on(const std::string& topic) const {
    if (topic.empty()) return ShowText{app_.help()};
    if (auto text = topic_text(topic); !text.empty()) return ShowText{std::move(text)};
    const auto names = names_of(app_);
    if (std::ranges::count(names, topic) > 0) return ShowText{app_.get_subcommand(topic)->help()};
    return failed(Exit::usage, cat("there is no help on '", topic, "'; see ogem help"));
}

// What CLI11 cannot check: durations, and that something was asked for at all.
Outcome<> Line::finish() {
    if (!made_ && !raw_.version) {
        return failed(Exit::usage, cat("what should be done? see ogem --help\n\n", app_.help()));
    }
    auto timeout = duration_of(raw_.timeout, "--timeout");
    if (!timeout) return failed_as(timeout);
    auto wait_for = duration_of(raw_.wait_for, "--for");
    if (!wait_for) return failed_as(wait_for);
    status_.wait_for = *wait_for;
    invocation_.globals.timeout = *timeout;
    invocation_.globals.json |= invocation_.globals.get.has_value();
    auto command = raw_.version ? Outcome<Command>(Version{}) : made_();
    if (!command) return failed_as(command);
    invocation_.command = std::move(*command);
    return {};
}

Outcome<Invocation> Line::parse(int argc, const char* const* argv) {
    std::vector<std::string> words;  // CLI11 wants them last first
    for (int i = argc - 1; i > 0; --i) words.push_back(marked(argv[i]));
    try {
        app_.parse(std::move(words));
    } catch (const CLI::CallForHelp&) {
        return Invocation{invocation_.globals, ShowText{innermost()->help()}};
    } catch (const CLI::ExtrasError&) {
        return std::unexpected(not_understood());
    } catch (const CLI::Error& error) {
        return failed(Exit::usage, error.what());
    }
    if (auto finished = finish(); !finished) return failed_as(finished);
    return std::move(invocation_);
}

}  // namespace

Outcome<Invocation> parse_command_line(int argc, const char* const* argv) {
    return Line().parse(argc, argv);
}

}  // namespace ogem::cli
