#include "auth/google/token_request.h"

#include "auth/google/jwt.h"
#include "base/text.h"

#include <initializer_list>
#include <utility>

namespace ogem::auth::google {

namespace {

constexpr std::string_view kJwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";
constexpr std::string_view kMetadata = "/computeMetadata/v1/";

using Form = std::initializer_list<std::pair<std::string_view, std::string_view>>;

std::string form_of(Form fields) {
    std::string out;
    for (const auto& [name, value] : fields)
        append(out, out.empty() ? "" : "&", name, '=', wire::percent_encoded(value));
    return out;
}

std::string start_of(std::string_view method, std::string_view target, const wire::Url& url) {
    return cat(method, ' ', target.empty() ? "/" : target, " HTTP/1.1\r\nHost: ", url.authority(),
               "\r\nUser-Agent: ogem/" OGEM_VERSION "\r\nAccept-Encoding: identity\r\n");
}

TokenRequest post(const wire::Url& url, std::string body, std::vector<Secret> secrets) {
    auto head = cat(start_of("POST", url.path, url),
                    "Accept: application/json\r\n"
                    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ",
                    body.size(), "\r\n\r\n");
    return {url, std::move(head), std::move(body), std::move(secrets)};
}

TokenRequest ask_metadata(const MetadataServer& server, std::string_view what) {
    const auto target = cat(server.root.path, kMetadata, what);
    auto head = start_of("GET", target, server.root) + "Metadata-Flavor: Google\r\n\r\n";
    return {server.root, std::move(head), {}, {}};
}

Result<TokenRequest> request_of(const ServiceAccount& account, std::int64_t now) {
    auto assertion = assertion_of(account, now);
    if (!assertion) return fail_as(assertion);
    auto body = form_of({{"grant_type", kJwtBearer}, {"assertion", assertion->reveal()}});
    return post(account.token_url, std::move(body), {std::move(*assertion)});
}

Result<TokenRequest> request_of(const AuthorizedUser& user, std::int64_t) {
    auto body = form_of({{"grant_type", "refresh_token"},
                         {"client_id", user.client_id},
                         {"client_secret", user.client_secret.reveal()},
                         {"refresh_token", user.refresh_token.reveal()}});
    return post(user.token_url, std::move(body), {user.client_secret, user.refresh_token});
}

Result<TokenRequest> request_of(const MetadataServer& server, std::int64_t) {
    return ask_metadata(server, cat("instance/service-accounts/default/token?scopes=",
                                    wire::percent_encoded(kScope)));
}

}  // namespace

Result<TokenRequest> token_request(const Credentials& credentials, std::int64_t now) {
    return std::visit([now](const auto& holder) { return request_of(holder, now); },
                      credentials.holder);
}

TokenRequest project_request(const MetadataServer& server) {
    return ask_metadata(server, "project/project-id");
}

}  // namespace ogem::auth::google
