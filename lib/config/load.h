// Text and environment in, Config and every complaint out. Reads nothing itself but what its caller
// hands it, so that all of it can be tested without a disk: the caller reads files and URLs (apps
// and net).
#pragma once

#include "base/result.h"
#include "config/config.h"
#include "config/diagnostic.h"
#include "config/paths.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::config {

using Environment = std::map<std::string, std::string, std::less<>>;

// The variables of this process. The only reader of `environ` in the project.
Environment process_environment();

// The lines of a `.env` file (KEY=VALUE, `export `, quotes, # comments). Complaints carry `name` as
// their file.
Environment parse_dotenv(std::string_view text, std::string_view name,
                         std::vector<Diagnostic>& complaints);

// Command-line flags of ogemd that override everything; unset ones say nothing.
struct Flags {
    std::vector<std::string> listen;
    std::optional<std::string> socket, state_dir, workers, log_level, log_format;
};

struct Sources {
    std::string name;  // path or URL for messages; empty with empty text: zero-config
    std::optional<std::string> text;  // the YAML; absent: zero-config (contract section 4)
    Environment env;                  // process environment
    Environment dotenv;               // weaker than env
    Flags flags;
    Paths paths;                 // for what nobody places
    bool keys_required = false;  // `config check --env`: an unset api_key_env is an error
    bool strict = false;         // deprecated keys, such as legacy secrets, are errors
    bool pool_files = false;     // configs/credentials.json and configs/models.json are there
    // Reads a small file named by the configuration (api_key_file); runs a command (api_key_cmd).
    // Absent: such keys stay empty and no complaint is made (an offline check).
    std::function<Result<std::string>(const std::string& path)> read_file;
    std::function<Result<std::string>(const std::string& command)> run_command;
};

struct Loaded {
    Config config;                       // only to be used when ok()
    std::vector<Diagnostic> complaints;  // in order of place
    // Where each value came from: "providers.openai.base_url" -> "config.yaml:7:15", "environment
    // PORT", ".env PORT", "flag --listen". Values not listed are defaults.
    std::map<std::string, std::string> origins;

    bool ok() const;  // no complaint is an error
};

// Never throws. With the text absent, or without `providers` in it, credentials in the environment
// make the providers.
Loaded load(const Sources& sources);

// The effective configuration as a JSON object, secrets masked; with `origins`, each value beside
// its origin.
std::string to_json(const Loaded& loaded, bool with_origins);

}  // namespace ogem::config
