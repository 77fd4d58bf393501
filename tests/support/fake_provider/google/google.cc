#include "google/google.h"

#include "base/text.h"
#include "json/writer.h"

#include <ctime>

namespace ogem::fake::google {

namespace {

using json::Value;

constexpr std::string_view kJwtGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer";

std::string form_value(std::string_view form, std::string_view name) {
    std::string plain(form);
    for (auto& c : plain)
        if (c == '+') c = ' ';
    return query_value(cat('?', plain), name);
}

std::string oauth_error(const Trouble& trouble) {
    const std::string code = !trouble.code.empty()   ? trouble.code
                             : trouble.status == 503 ? "temporarily_unavailable"
                             : trouble.status >= 500 ? "internal_failure"
                                                     : "invalid_request";
    std::string out;
    json::Writer w(out);
    w.begin_object().key("error").value(code).key("error_description").value(trouble.message);
    w.end_object();
    return out;
}

std::string metadata_error(const Trouble& trouble) {
    return trouble.message;
}

Frame no_stream_error(const Trouble& trouble, bool) {
    return {oauth_error(trouble)};
}

std::string no_whole(const Reply&) {
    return "{}";
}

Score no_score(const Reply&) {
    return {};
}

std::string token(const Ask& ask) {
    std::string out;
    json::Writer w(out);
    w.begin_object()
        .key("access_token")
        .value(ask.token)
        .key("expires_in")
        .value(ask.token_seconds);
    w.key("token_type").value("Bearer").end_object();
    return out;
}

std::string machine(const Ask& ask) {
    if (ask.route.endpoint == Endpoint::token) return token(ask);
    return ask.route.model;
}

std::optional<Trouble> grant_fault(std::string_view form, const Tokens& tokens) {
    const auto grant = form_value(form, "grant_type");
    if (grant == kJwtGrant) {
        const auto fault =
            jwt_fault(form_value(form, "assertion"), tokens.public_key, std::time(nullptr));
        if (fault) return Trouble{400, *fault, "invalid_grant"};
        return {};
    }
    if (grant != "refresh_token")
        return Trouble{400, cat("Invalid grant_type: ", grant), "unsupported_grant_type"};
    if (form_value(form, "client_id").empty() || form_value(form, "client_secret").empty())
        return Trouble{401, "The OAuth client was not found.", "invalid_client"};
    const auto refresh = form_value(form, "refresh_token");
    if (refresh.empty() || refresh.find("revoked") != std::string::npos)
        return Trouble{400, "Token has been expired or revoked.", "invalid_grant"};
    return {};
}

extern const Voice kOauthVoice, kMetadataVoice;

std::optional<Refusal> oauth_refusal(const Request& request, const Route&, const Value&,
                                     const Tokens& tokens) {
    if (!starts_with_ignoring_case(request.header("content-type"),
                                   "application/x-www-form-urlencoded"))
        return Refusal{{400, "The body must be a form.", "invalid_request"}, &kOauthVoice};
    if (auto fault = grant_fault(request.body, tokens)) return Refusal{*fault, &kOauthVoice};
    return {};
}

std::optional<Refusal> metadata_refusal(const Request& request, const Route&, const Value&,
                                        const Tokens&) {
    if (request.header("metadata-flavor") == "Google") return {};
    return Refusal{{403, "Missing Metadata-Flavor:Google header."}, &kMetadataVoice};
}

void understand(const Value&, Ask& ask) {
    ask.stream = false;
}

const Voice kOauthVoice{
    no_whole, no_score, token, oauth_error, no_stream_error, "", "cache-control: no-store\r\n"};
const Voice kMetadataVoice{no_whole,
                           no_score,
                           machine,
                           metadata_error,
                           no_stream_error,
                           "",
                           "metadata-flavor: Google\r\n"};

}  // namespace

const Speech kOauthSpeech{&kOauthVoice, oauth_refusal, understand};
const Speech kMetadataSpeech{&kMetadataVoice, metadata_refusal, understand};

}  // namespace ogem::fake::google
