#include "auth/google/search.h"

#include "base/text.h"

#include <optional>
#include <vector>

namespace ogem::auth::google {

namespace {

constexpr std::string_view kMetadataHost = "metadata.google.internal";
constexpr const char* kProductName = "/sys/class/dmi/id/product_name";

// What one place gave: credentials, an error that ends the search, or nothing (and why not, in
// `looked`).
using Found = std::optional<Result<Credentials>>;
using Looked = std::vector<std::string>;

std::string variable(const config::Environment& env, std::string_view name) {
    const auto found = env.find(name);
    return found == env.end() ? std::string() : found->second;
}

Result<Credentials> from_named_file(const Surroundings& around) {
    const auto& path = around.named_file;
    if (trim(path).starts_with('{'))
        return fail(Kind::invalid,
                    "GOOGLE_APPLICATION_CREDENTIALS holds credentials; write them to a file that "
                    "only you can read, and set the variable to its path");
    auto text = around.read_file(path);
    if (!text) {
        auto error = std::move(text.error());
        error.message = cat("GOOGLE_APPLICATION_CREDENTIALS: ", error.message);
        return fail(std::move(error));
    }
    return parse_credentials(std::move(*text), path);
}

std::string gcloud_folder(const config::Environment& env) {
    if (auto folder = variable(env, "CLOUDSDK_CONFIG"); !folder.empty()) return folder;
    const auto home = variable(env, "HOME");
    return home.empty() ? std::string() : home + "/.config/gcloud";
}

Found from_gcloud(const Surroundings& around, Looked& looked) {
    const auto folder = gcloud_folder(around.env);
    if (folder.empty()) {
        looked.emplace_back("gcloud's folder is unknown (neither CLOUDSDK_CONFIG nor HOME is set)");
        return {};
    }
    const auto path = folder + "/application_default_credentials.json";
    auto text = around.read_file(path);
    if (text) return parse_credentials(std::move(*text), path);
    if (text.error().kind != Kind::not_found) return fail_as(text);
    looked.push_back(path + " does not exist");
    return {};
}

Result<Credentials> metadata_server(const std::string& host) {
    auto root = wire::parse_url("http://" + host);
    if (!root)
        return fail(Kind::invalid,
                    cat("GCE_METADATA_HOST is not HOST[:PORT]: ", root.error().message));
    return Credentials{cat("this machine (", host, ')'), MetadataServer{std::move(*root)}, {}};
}

Found from_machine(const Surroundings& around, Looked& looked) {
    if (variable(around.env, "NO_GCE_CHECK") == "true") {
        looked.emplace_back("the metadata server is not asked (NO_GCE_CHECK)");
        return {};
    }
    for (const auto* name : {"GCE_METADATA_HOST", "GCE_METADATA_ROOT"})
        if (const auto host = variable(around.env, name); !host.empty())
            return metadata_server(host);
    const auto product = around.read_file(kProductName);
    if (product && trim(*product).starts_with("Google"))
        return metadata_server(std::string(kMetadataHost));
    looked.emplace_back("this is no machine of Google's (where it is, set GCE_METADATA_HOST=" +
                        std::string(kMetadataHost) + ')');
    return {};
}

}  // namespace

Result<Credentials> find_credentials(const Surroundings& around) {
    if (!around.named_file.empty()) return from_named_file(around);
    Looked looked{"GOOGLE_APPLICATION_CREDENTIALS is not set"};
    if (auto found = from_gcloud(around, looked)) return std::move(*found);
    if (auto found = from_machine(around, looked)) return std::move(*found);
    return fail(Kind::unauthorized,
                cat("no Google credentials: ", join(looked, ", "),
                    "; set GOOGLE_APPLICATION_CREDENTIALS to a service account's key file, or run "
                    "`gcloud auth application-default login`"));
}

std::string find_project(const std::string& configured, const config::Environment& env,
                         const Credentials& credentials) {
    if (!configured.empty()) return configured;
    auto project = variable(env, "GCLOUD_PROJECT");
    return project.empty() ? credentials.project : project;
}

}  // namespace ogem::auth::google
