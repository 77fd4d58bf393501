#include "auth/google/credentials.h"

#include "auth/google/document.h"
#include "auth/google/rs256.h"
#include "base/text.h"

#include <algorithm>

namespace ogem::auth::google {

namespace {

constexpr std::string_view kTokenUri = "https://oauth2.googleapis.com/token";
constexpr std::string_view kInstead =
    "use the key file of a service account, or run `gcloud auth application-default login`";

// Types that are genuine and that we cannot use, and what they are to people.
struct Unsupported {
    std::string_view type, meaning;
};
constexpr Unsupported kUnsupported[] = {
    {"external_account", "workload identity federation"},
    {"external_account_authorized_user", "workforce identity federation"},
    {"impersonated_service_account", "one account in the name of another"},
    {"gdch_service_account", "Google Distributed Cloud"},
    {"gdch", "Google Distributed Cloud"},
};

// What may stand in a header line, a message and a form: no control characters.
bool is_plain(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= ' ' && byte != 0x7f;
    });
}

// Reads members; the first that is not there or odd is what is wrong with the file.
class Reader {
public:
    Reader(const Document& document, const std::string& path) : document_(document), path_(path) {}

    std::string optional(std::string_view name) {
        auto text = document_.text(name);
        if (!is_plain(text)) complain(cat('"', name, "\" holds control characters"));
        return text;
    }
    std::string required(std::string_view name) {
        auto text = optional(name);
        if (text.empty()) complain(cat('"', name, "\" is missing or no text"));
        return text;
    }
    Secret private_key() {
        auto text = document_.text("private_key");
        for (auto at = text.find("\\n"); at != std::string::npos; at = text.find("\\n", at))
            text.replace(at, 2, "\n");
        Secret key(std::move(text));
        if (auto usable = check_rsa_key(key); !usable)
            complain(cat("\"private_key\" ", usable.error().message));
        return key;
    }
    wire::Url url(const std::string& text) {
        auto url = wire::parse_url(text);
        if (!url) complain(cat("\"token_uri\": ", url.error().message));
        return url ? std::move(*url) : wire::Url();
    }
    std::string token_uri() {
        auto text = optional("token_uri");
        return text.empty() ? std::string(kTokenUri) : text;
    }

    Result<void> verdict() const {
        if (complaint_.empty()) return {};
        return fail(Kind::invalid, cat(path_, ": ", complaint_, "; download the file again"));
    }

private:
    void complain(std::string what) {
        if (complaint_.empty()) complaint_ = std::move(what);
    }

    const Document& document_;
    const std::string& path_;
    std::string complaint_;
};

Result<Credentials> read_service_account(Reader& reader, const std::string& path) {
    ServiceAccount account;
    account.email = reader.required("client_email");
    account.key_id = reader.optional("private_key_id");
    account.private_key = reader.private_key();
    account.token_uri = reader.token_uri();
    account.token_url = reader.url(account.token_uri);
    auto project = reader.optional("project_id");
    if (auto fine = reader.verdict(); !fine) return fail_as(fine);
    auto name = cat(path, " (", account.email, ')');
    return Credentials{std::move(name), std::move(account), std::move(project)};
}

Result<Credentials> read_authorized_user(Reader& reader, const std::string& path) {
    AuthorizedUser user;
    user.client_id = reader.required("client_id");
    user.client_secret = Secret(reader.required("client_secret"));
    user.refresh_token = Secret(reader.required("refresh_token"));
    user.token_url = reader.url(reader.token_uri());
    user.quota_project = reader.optional("quota_project_id");
    if (auto fine = reader.verdict(); !fine) return fail_as(fine);
    auto project = user.quota_project;
    return Credentials{cat(path, " (a user's login)"), std::move(user), std::move(project)};
}

std::unexpected<Error> cannot_use(const Document& document, const std::string& path) {
    const auto type = document.text("type");
    const auto known = std::ranges::find(kUnsupported, type, &Unsupported::type);
    std::string what;
    if (known != std::end(kUnsupported)) {
        what = cat("credentials of type \"", type, "\" (", known->meaning, ") are not supported");
    } else if (document.has("installed") || document.has("web")) {
        what = "this describes an OAuth client, not an account";
    } else if (type.empty()) {
        what = "it has no \"type\", so these are no credentials of Google's";
    } else {
        what = cat("credentials of type ", document.raw("type").substr(0, 60), " are not known");
    }
    return fail(Kind::invalid, cat(path, ": ", what, "; ", kInstead));
}

bool same(const ServiceAccount& a, const ServiceAccount& b) {
    return a.email == b.email && a.key_id == b.key_id && a.token_uri == b.token_uri &&
           a.private_key.matches(b.private_key.reveal());
}
bool same(const AuthorizedUser& a, const AuthorizedUser& b) {
    return a.client_id == b.client_id && a.token_url == b.token_url &&
           a.quota_project == b.quota_project &&
           a.client_secret.matches(b.client_secret.reveal()) &&
           a.refresh_token.matches(b.refresh_token.reveal());
}
bool same(const MetadataServer& a, const MetadataServer& b) {
    return a.root == b.root;
}

struct TokenUrl {
    const wire::Url& operator()(const MetadataServer& server) const { return server.root; }
    const wire::Url& operator()(const auto& holder) const { return holder.token_url; }
};

}  // namespace

const wire::Url& Credentials::token_url() const {
    return std::visit(TokenUrl{}, holder);
}

bool same_identity(const Credentials& a, const Credentials& b) {
    return std::visit(
        [&b](const auto& holder) {
            const auto* other = std::get_if<std::decay_t<decltype(holder)>>(&b.holder);
            return other && same(holder, *other);
        },
        a.holder);
}

Result<Credentials> parse_credentials(std::string text, const std::string& path) {
    const auto document = Document::parse(std::move(text));
    if (!document)
        return fail(Kind::invalid, cat(path, " is not the JSON of credentials; ", kInstead));
    Reader reader(*document, path);
    const auto type = document->text("type");
    if (type == "service_account") return read_service_account(reader, path);
    if (type == "authorized_user") return read_authorized_user(reader, path);
    return cannot_use(*document, path);
}

}  // namespace ogem::auth::google
