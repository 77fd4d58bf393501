// Where Google's credentials and project are looked for, in the order of Application Default
// Credentials (google-auth 2.x, google/auth/_default.py). Pure: its caller shows it the machine.
#pragma once

#include "auth/google/credentials.h"
#include "config/load.h"

#include <functional>
#include <string>

namespace ogem::auth::google {

// The machine, as far as the search looks at it.
struct Surroundings {
    config::Environment env;
    std::string named_file;  // GOOGLE_APPLICATION_CREDENTIALS (contract section 2); empty: not set
    // The whole of a file of at most kLongestFile bytes. Errors: not_found where there is none; of
    // any other kind, with a sentence naming the path.
    std::function<Result<std::string>(const std::string& path)> read_file;
};

// First hit of: the named file; the file that gcloud leaves in $CLOUDSDK_CONFIG or
// $HOME/.config/gcloud; the metadata server, where GCE_METADATA_HOST (or the older
// GCE_METADATA_ROOT) names it or the machine's product name is Google's, unless NO_GCE_CHECK=true.
// A file that is there and cannot be used is an error: it was meant.
// Errors: invalid, io, ...: that file's; unauthorized: none found, with every place looked at.
Result<Credentials> find_credentials(const Surroundings& surroundings);

// The first of: what is configured (GOOGLE_CLOUD_PROJECT among it), $GCLOUD_PROJECT, what the
// credentials name. Empty: only the metadata server can know, where that is what the credentials
// are.
std::string find_project(const std::string& configured, const config::Environment& env,
                         const Credentials& credentials);

}  // namespace ogem::auth::google
