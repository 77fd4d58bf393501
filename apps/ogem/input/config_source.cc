#include "ogem/input/config_source.h"

#include "config/paths.h"
#include "ogem/input/read.h"

#include <sys/stat.h>
#include <unistd.h>

namespace ogem::cli {

namespace {

bool exists(const std::string& path) {
    return ::access(path.c_str(), F_OK) == 0;
}

// A file in the directory that we merely stand in counts only if nobody else could have put it
// there.
bool is_ours(const char* path) {
    struct stat info {};
    return ::stat(path, &info) == 0 && (info.st_uid == ::getuid() || info.st_uid == 0) &&
           (info.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

}  // namespace

bool is_url(const std::string& source) {
    return source.starts_with("http://") || source.starts_with("https://");
}

std::string config_source(const Context& context) {
    if (context.globals.config) return *context.globals.config;
    const auto set = context.env.find("CONFIG_SOURCE");
    if (set != context.env.end() && !set->second.empty()) return set->second;
    if (is_ours("config.yaml")) return "config.yaml";
    const auto paths = config::paths_of(context.env, config::process_account());
    for (const auto& path :
         {paths.config_dir + "/config.yaml", std::string("/etc/ogem/config.yaml")}) {
        if (exists(path)) return path;
    }
    return {};
}

Outcome<ConfigText> read_config(const Context& context, const std::string& source) {
    if (source.empty()) return ConfigText{};
    auto text = source == "-" ? read_stdin(context) : read_file(source);
    if (!text) return failed_as(text);
    return ConfigText{source == "-" ? "<stdin>" : source, std::move(*text)};
}

config::Environment read_dotenv(std::vector<config::Diagnostic>& complaints) {
    if (!is_ours(".env")) return {};
    const auto text = read_file(".env");
    return text ? config::parse_dotenv(*text, ".env", complaints) : config::Environment();
}

}  // namespace ogem::cli
