// ogem config: show what is in force, check a file, say where things live.
#include "config/paths.h"
#include "ogem/commands.h"
#include "ogem/output/config_view.h"
#include "ogem/output/json_out.h"
#include "ogem/output/printable.h"
#include "ogem/output/table.h"

namespace ogem::cli {

namespace {

// The checker is ogemd itself, so that it finds what ogemd would, where it would: the program that
// serves also knows URLs, .env files and which files count.
std::vector<std::string> words_for(const Context& context, const Config& config) {
    std::vector<std::string> words{"--check", "--check-format",
                                   context.globals.json ? "json" : config.format};
    if (config.env) words.emplace_back("--check-env");
    if (config.strict) words.emplace_back("--check-strict");
    const auto& source =
        config.source.empty() ? context.globals.config.value_or("") : config.source;
    if (!source.empty()) words.insert(words.end(), {"--config", source});
    return words;
}

Outcome<> check(const Context& context, const Config& config) {
    auto program = client::find_ogemd();
    if (!program) return failed(Exit::failure, program.error().message);
    auto checked = client::run_to_end(*program, words_for(context, config), context.patience);
    if (!checked) return failed_wait(checked.error());
    Outcome<> shown;
    if (context.globals.json && !checked->out.empty()) {
        const auto value = json::parse(checked->out);
        shown = value ? print_json(context, *value) : failed(value.error());
    } else {
        shown = write_out(checked->out);
    }
    if (!shown || checked->code == 0) return shown;
    return failed(static_cast<Exit>(checked->code), "");
}

Outcome<> show_paths(const Context& context) {
    const auto paths = config::paths_of(context.env, config::process_account());
    const std::pair<const char*, std::string> rows[] = {{"socket", sockets_of(context).front()},
                                                        {"state", paths.state_dir},
                                                        {"config", paths.config_dir},
                                                        {"cache", paths.cache_dir}};
    json::Value value;
    Table table{{"WHAT", "WHERE"}, {}};
    for (const auto& [name, path] : rows) {
        value[name] = path;
        table.rows.push_back({name, path});
    }
    if (context.globals.json) return print_json(context, value);
    return write_out(context.terminal.out ? in_columns(table) : with_tabs(table));
}

Outcome<> show(const Context& context) {
    auto session = Session::open(context, Place::any);
    if (!session) return failed_as(session);
    auto value = ask(context, session->socket(), client::get("/ogem/v1/config"));
    if (!value) return failed_as(value);
    if (context.globals.json) return print_json(context, *value);
    const auto table = config_table(*value);
    return write_out(printable(context.terminal.out ? in_columns(table) : with_tabs(table)));
}

}  // namespace

Outcome<> run(const Context& context, const Config& config) {
    switch (config.verb) {
        case Config::Verb::check:
            return check(context, config);
        case Config::Verb::path:
            return show_paths(context);
        case Config::Verb::show:
            break;
    }
    return show(context);
}

}  // namespace ogem::cli
