// ogem config: show what is in force, check a file, say where things live.
#include "base/text.h"
#include "config/paths.h"
#include "ogem/commands.h"
#include "ogem/input/config_source.h"
#include "ogem/input/read.h"
#include "ogem/output/json_out.h"
#include "ogem/output/table.h"

#include <algorithm>

namespace ogem::cli {

namespace {

using config::Diagnostic;

// A daemon can fetch a URL, we cannot: ogemd says what it finds, in the same form.
Outcome<> check_url(const Context& context, const std::string& url, bool json) {
    if (json) {
        return failed(Exit::usage, cat("JSON is for files and pipes: curl -s ", url,
                                       " | ogem config check - --format json"));
    }
    auto program = client::find_ogemd();
    if (!program) return failed(program.error());
    auto code = client::run_to_end(*program, {"--check", "--config", url}, context.patience);
    if (!code) return failed_wait(code.error());
    if (*code == 0) return {};
    return failed(static_cast<Exit>(*code), "");
}

std::vector<Diagnostic> complaints_about(const Context& context, const Config& config,
                                         ConfigText text) {
    config::Sources sources;
    std::vector<Diagnostic> complaints;
    sources.name = std::move(text.name);
    sources.text = std::move(text.text);
    sources.env = context.env;
    sources.dotenv = read_dotenv(complaints);
    sources.keys_required = config.env;
    sources.strict = config.strict;
    auto loaded = config::load(sources);
    complaints.insert(complaints.end(), loaded.complaints.begin(), loaded.complaints.end());
    return complaints;
}

std::string plural(std::ptrdiff_t count, std::string_view word) {
    return cat(count, " ", word, count == 1 ? "" : "s");
}

std::string text_of(const std::vector<Diagnostic>& complaints, std::ptrdiff_t errors) {
    std::string text;
    for (const auto& complaint : complaints) append(text, config::to_text(complaint), "\n");
    const auto warnings = static_cast<std::ptrdiff_t>(complaints.size()) - errors;
    return cat(text, plural(errors, "error"), ", ", plural(warnings, "warning"), "\n");
}

Outcome<> check(const Context& context, const Config& config) {
    const auto source = config.source.empty() ? config_source(context) : config.source;
    const bool json = context.globals.json || config.format == "json";
    if (is_url(source)) return check_url(context, source, json);
    auto text = read_config(context, source);
    if (!text) return failed_as(text);
    if (!text->text) context.note("no configuration file: the environment alone decides");
    const auto complaints = complaints_about(context, config, std::move(*text));
    const auto errors =
        std::ranges::count(complaints, config::Severity::error, &Diagnostic::severity);
    Outcome<> shown;
    if (json) {
        const auto value = json::parse(config::to_json(complaints));
        shown = value ? print_json(context, *value) : failed(value.error());
    } else {
        shown = write_out(text_of(complaints, errors));
    }
    if (shown && errors > 0) return failed(Exit::config, "");
    return shown;
}

Outcome<> show_paths(const Context& context) {
    const auto paths = config::paths_of(context.env, config::process_account());
    const auto source = config_source(context);
    const std::pair<const char*, std::string> rows[] = {{"socket", sockets_of(context).front()},
                                                        {"state", paths.state_dir},
                                                        {"config", paths.config_dir},
                                                        {"cache", paths.cache_dir},
                                                        {"source", source}};
    json::Value value;
    Table table{{"WHAT", "WHERE"}, {}};
    for (const auto& [name, path] : rows) {
        value[name] = path.empty() ? json::Value() : json::Value(path);
        table.rows.push_back({name, path.empty() ? "- (zero-config)" : path});
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
    return write_out(value->dump(2) + "\n");
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
