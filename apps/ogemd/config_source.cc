#include "config_source.h"

#include "base/text.h"
#include "files.h"

#include <sys/stat.h>
#include <unistd.h>

#include <optional>

namespace ogem::daemon {

namespace {

using config::Environment;

bool is_url(std::string_view source) {
    return starts_with_ignoring_case(source, "http://") ||
           starts_with_ignoring_case(source, "https://");
}

// A variable that is set to something, in the environment before `.env`.
std::string variable(const config::Sources& sources, std::string_view name) {
    for (const auto* where : {&sources.env, &sources.dotenv})
        if (const auto at = where->find(name); at != where->end() && !trim(at->second).empty())
            return std::string(trim(at->second));
    return "";
}

// One search, from the options to the text of the configuration.
class Search {
public:
    Search(const Options& options, const Fetch& fetch, std::string directory, ConfigSource& found)
        : options_(options), fetch_(fetch), directory_(std::move(directory)), found_(found) {}

    void read_dotenv() {
        if (const auto text = read_here(".env"))
            found_.sources.dotenv = config::parse_dotenv(*text, ".env", found_.complaints);
    }

    Result<void> run() {
        read_dotenv();
        const auto named =
            options_.config ? *options_.config : variable(found_.sources, "CONFIG_SOURCE");
        if (options_.config && named.empty()) return fail(Kind::invalid, "--config names no file");
        if (!named.empty()) return take(named);
        if (const auto text = read_here("config.yaml")) {
            use(directory_ + "config.yaml", *text);
            return {};
        }
        for (const auto& path : usual_paths())
            if (exists(path)) return take(path);
        found_.sources.pool_files =
            usable_here("configs/credentials.json") && usable_here("configs/models.json");
        return {};
    }

private:
    void warn(const std::string& path, const std::string& why) {
        found_.complaints.push_back(
            {config::Severity::warning, "W408", path, 0, 0, cat("this file is ignored: ", why)});
    }

    // A file of the directory where ogemd was started, if it is there and may choose things.
    std::optional<std::string> read_here(const std::string& name) {
        const auto path = directory_ + name;
        if (options_.is_private || !exists(path)) return std::nullopt;
        auto text = read_file(path, kLongestConfiguration, Trust::owner);
        if (text) return std::move(*text);
        warn(path, text.error().message);
        return std::nullopt;
    }

    bool usable_here(const std::string& name) {
        const auto path = directory_ + name;
        if (options_.is_private || !exists(path)) return false;
        const auto why = why_untrusted(path);
        if (why) warn(path, *why);
        return !why;
    }

    std::vector<std::string> usual_paths() {
        std::vector<std::string> paths;
        const auto& env = found_.sources.env;
        const auto folder = [&](std::string_view name) {
            const auto at = env.find(name);
            return at != env.end() && at->second.starts_with('/') ? at->second : std::string();
        };
        if (const auto xdg = folder("XDG_CONFIG_HOME"); !xdg.empty()) {
            paths.push_back(xdg + "/ogem/config.yaml");
        } else if (const auto home = folder("HOME"); !home.empty()) {
            paths.push_back(home + "/.config/ogem/config.yaml");
        }
        paths.emplace_back("/etc/ogem/config.yaml");
        return paths;
    }

    Result<void> take(const std::string& source) {
        auto text = is_url(source)
                        ? fetch_(source, Secret(variable(found_.sources, "CONFIG_TOKEN")))
                        : read_file(source, kLongestConfiguration);
        if (!text) {
            text.error().message = cat("the configuration ", text.error().message);
            return fail_as(text);
        }
        use(source == "-" ? "(stdin)" : source, std::move(*text));
        return {};
    }

    void use(std::string name, std::string text) {
        found_.sources.name = std::move(name);
        found_.sources.text = std::move(text);
    }

    const Options& options_;
    const Fetch& fetch_;
    const std::string directory_;
    ConfigSource& found_;
};

}  // namespace

Result<ConfigSource> find_configuration(const Options& options, const Environment& env,
                                        const Fetch& fetch, const std::string& directory) {
    ConfigSource found;
    auto& sources = found.sources;
    sources.env = env;
    sources.flags = options.flags;
    sources.paths = config::paths_of(env, config::process_account());
    sources.keys_required = options.check_env;
    sources.strict = options.strict;
    if (auto done = Search(options, fetch, directory, found).run(); !done) return fail_as(done);
    // A check must not run programs, and works where no key is (CI), unless it is asked to.
    if (options.check && !options.check_env) return found;
    sources.read_file = [](const std::string& path) { return read_file(path, kLongestKeyFile); };
    sources.run_command = [](const std::string& command) { return run_command(command); };
    return found;
}

config::Environment with_dotenv(const Options& options, const Environment& env,
                                const std::string& directory) {
    ConfigSource found;
    const Fetch no_fetch;
    Search(options, no_fetch, directory, found).read_dotenv();
    auto variables = env;
    for (const auto& [name, value] : found.sources.dotenv) {
        auto& known = variables[name];
        if (trim(known).empty()) known = trim(value);
    }
    return variables;
}

Result<config::Loaded> load_configuration(const Options& options, const Environment& env,
                                          const Fetch& fetch, const std::string& directory) {
    auto found = find_configuration(options, env, fetch, directory);
    if (!found) return fail_as(found);
    auto loaded = config::load(found->sources);
    auto& complaints = loaded.complaints;
    complaints.insert(complaints.begin(), found->complaints.begin(), found->complaints.end());
    return loaded;
}

}  // namespace ogem::daemon
