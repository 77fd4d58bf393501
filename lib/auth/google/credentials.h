// Who we are to Google: the JSON files that Google's tools write, read into values.
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "wire/url.h"

#include <string>
#include <variant>

namespace ogem::auth::google {

// A longer file than this is none of Google's.
inline constexpr std::size_t kLongestFile = 64 << 10;  // bytes

// "type": "service_account": a robot with a key of its own. Proves itself by signing (jwt.h).
struct ServiceAccount {
    std::string email, key_id;
    Secret private_key;     // PEM; proven to be able to sign
    std::string token_uri;  // as the file says it: the audience of what is signed
    wire::Url token_url;
};

// "type": "authorized_user": a person who ran `gcloud auth application-default login`.
struct AuthorizedUser {
    std::string client_id;
    Secret client_secret, refresh_token;
    wire::Url token_url;
    std::string quota_project;  // whom to charge, for x-goog-user-project; may be empty
};

// The virtual machine that we run on, by its metadata server.
struct MetadataServer {
    wire::Url root;  // http://metadata.google.internal
};

struct Credentials {
    // For people, and for telling identities apart in messages: "/etc/ogem/key.json
    // (bot@p.iam...)".
    std::string name;
    std::variant<ServiceAccount, AuthorizedUser, MetadataServer> holder;
    std::string project;  // that the file names; may be empty

    // Where tokens come from.
    const wire::Url& token_url() const;
};

// Whether two tell of the same identity with the same key, so that one token serves both.
bool same_identity(const Credentials& a, const Credentials& b);

// The contents of `path`, a name for messages. A private key whose newlines came as backslash-n
// twice over (copies by way of an environment variable) is repaired. Errors: invalid, with `path`
// and what to do, never with a value of the file but its type.
// Source of the members: google-auth 2.x, google/oauth2/service_account.py and credentials.py.
Result<Credentials> parse_credentials(std::string text, const std::string& path);

}  // namespace ogem::auth::google
