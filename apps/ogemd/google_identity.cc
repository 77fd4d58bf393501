#include "google_identity.h"

#include "auth/google/search.h"
#include "base/log.h"
#include "files.h"

namespace ogem::daemon {

gateway::GoogleIdentity find_google_identity(const config::Config& config,
                                             const config::Environment& variables) {
    if (!gateway::needs_google(config)) return {};
    auth::google::Surroundings machine;
    machine.env = variables;
    machine.named_file = config.google_credentials;
    machine.read_file = [](const std::string& path) {
        return read_file(path, auth::google::kLongestFile);
    };
    auto found = auth::google::find_credentials(machine);
    if (!found) log::warn("no credentials of Google Cloud", {{"reason", found.error().message}});
    if (found && found->project.empty())
        found->project = auth::google::find_project("", variables, *found);
    return found;
}

}  // namespace ogem::daemon
