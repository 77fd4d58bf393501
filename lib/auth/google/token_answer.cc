#include "auth/google/token_answer.h"

#include "auth/google/document.h"
#include "base/text.h"
#include "json/scan.h"
#include "wire/retry_after.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace ogem::auth::google {

namespace {

constexpr std::size_t kLongestToken = 16 << 10;  // bytes
constexpr std::size_t kLongestQuote = 200;       // bytes of their words in our message
constexpr double kLongestLife = 24 * 3600;       // seconds; Google grants 12 hours at most
constexpr double kUsualLife = 3600;              // seconds, where the answer does not say
constexpr std::size_t kLongestProject = 100;     // bytes

// google-auth 2.x, google/oauth2/_client.py _can_retry.
constexpr std::array kPassing{408, 429, 500, 502, 503, 504};
constexpr std::array<std::string_view, 3> kPassingErrors{"server_error", "temporarily_unavailable",
                                                         "internal_failure"};

bool is_visible(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

std::string shown(const wire::Url& url) {
    return cat(url.tls ? "https://" : "http://", url.authority(),
               url.path.substr(0, url.path.find('?')));
}

// Endpoints repeat what they refuse; nobody else may see it (promise 13).
void hide(std::string& text, const Secret& secret) {
    const auto& plain = secret.reveal();
    for (const auto& form : {plain, wire::percent_encoded(plain)})
        for (auto at = form.empty() ? std::string::npos : text.find(form); at != std::string::npos;
             at = text.find(form, at))
            text.replace(at, form.size(), "***");
}

// Their words as we may repeat them: without our secrets, on one line, not long.
std::string quotable(std::string text, const std::vector<Secret>& secrets) {
    for (const auto& secret : secrets) hide(text, secret);
    text.resize(std::min(text.size(), kLongestQuote));
    std::ranges::replace_if(
        text, [](char c) { return c < ' ' || c == 0x7f; }, ' ');
    return text;
}

// {"error":"x"} of OAuth, {"error":{"status":"X","message":"..."}} of Google's other servers.
struct Words {
    std::string code, subtype, description;
};
Words words_of(std::string body) {
    const auto document = Document::parse(std::move(body));
    if (!document) return {};
    Words words{document->text("error"), document->text("error_subtype"),
                document->text("error_description")};
    if (const auto inner = Document::parse(std::string(document->raw("error"))))
        words = {inner->text("status"), "", inner->text("message")};
    return words;
}

bool wants_new_login(const Words& words) {
    return words.code.find("rapt") != std::string::npos ||
           words.subtype.find("rapt") != std::string::npos ||
           words.description.find("reauth") != std::string::npos;
}

constexpr std::string_view kLogIn =
    "log in again with `gcloud auth application-default login`, then reload";

std::string advice_for(const ServiceAccount& account, const Words& words) {
    if (words.code != "invalid_grant") return "check the key file";
    return cat("check that the clock of this machine is right and that key ",
               account.key_id.empty() ? "of the file" : account.key_id,
               " of the account still exists");
}
std::string advice_for(const AuthorizedUser&, const Words& words) {
    if (wants_new_login(words)) return cat("the organisation asks for a new login: ", kLogIn);
    return std::string(kLogIn);
}
std::string advice_for(const MetadataServer&, const Words&) {
    return "attach a service account with the scope cloud-platform to this machine";
}

Failure failed(const Credentials& credentials, Kind kind, bool may_pass, std::string_view what) {
    auto message =
        cat(shown(credentials.token_url()), " gives no token for ", credentials.name, ": ", what);
    return {Error{.kind = kind, .message = std::move(message)}, may_pass};
}

Failure odd(const Credentials& credentials, std::string_view what) {
    return failed(credentials, Kind::upstream, true, what);
}

Failure refusal(const Credentials& credentials, const TokenRequest& request, int status,
                const wire::Headers& headers, std::string body) {
    if (status >= 300 && status < 400)
        return failed(credentials, Kind::upstream, false,
                      cat("it answered HTTP ", status,
                          ", and redirects are not followed; check "
                          "the address of the token endpoint"));
    const auto words = words_of(std::move(body));
    auto what = cat("HTTP ", status);
    if (!words.code.empty()) append(what, ' ', quotable(words.code, request.secrets));
    if (!words.description.empty())
        append(what, ": ", quotable(words.description, request.secrets));
    const bool may_pass = std::ranges::count(kPassing, status) > 0 ||
                          std::ranges::count(kPassingErrors, words.code) > 0;
    if (!may_pass)
        append(what, "; ",
               std::visit([&](const auto& holder) { return advice_for(holder, words); },
                          credentials.holder));
    auto failure =
        failed(credentials, may_pass ? Kind::upstream : Kind::unauthorized, may_pass, what);
    failure.error.retry_after = wire::retry_after_of(headers);
    return failure;
}

// "3599", 3599, 3599.5; nothing for what is no time from now on.
std::optional<Duration> lifetime_of(std::string_view raw) {
    const auto text = json::string_of(raw);
    const auto seconds = raw.empty() ? kUsualLife : json::number_of(text ? *text : raw).value_or(0);
    if (!std::isfinite(seconds) || seconds <= 0) return {};
    return std::chrono::duration_cast<Duration>(
        std::chrono::duration<double>(std::min(seconds, kLongestLife)));
}

bool is_google(const wire::Headers& headers) {
    return wire::header(headers, "metadata-flavor") == "Google";
}

constexpr std::string_view kNotGoogle =
    "the answer is not from Google's metadata server (no Metadata-Flavor); check GCE_METADATA_HOST";

}  // namespace

TokenResult read_token_answer(const Credentials& credentials, const TokenRequest& request,
                              int status, const wire::Headers& headers, std::string body) {
    const bool of_machine = std::holds_alternative<MetadataServer>(credentials.holder);
    if (of_machine && !is_google(headers))
        return std::unexpected(failed(credentials, Kind::upstream, false, kNotGoogle));
    if (status != 200)
        return std::unexpected(refusal(credentials, request, status, headers, std::move(body)));
    const auto document = Document::parse(std::move(body));
    if (!document) return std::unexpected(odd(credentials, "the answer is not JSON"));
    Token token;
    token.text = Secret(document->text("access_token"));
    token.refresh_token = Secret(document->text("refresh_token"));
    const auto& text = token.text.reveal();
    if (text.empty() || text.size() > kLongestToken || !is_visible(text))
        return std::unexpected(odd(credentials, "the answer holds no usable access_token"));
    const auto type = document->text("token_type");
    if (!type.empty() && !equal_ignoring_case(type, "Bearer"))
        return std::unexpected(odd(credentials, "the answer's token_type is not Bearer"));
    const auto lifetime = lifetime_of(document->raw("expires_in"));
    if (!lifetime)
        return std::unexpected(odd(credentials, "the answer's expires_in is not a time to come"));
    token.lifetime = *lifetime;
    return token;
}

Result<std::string> read_project_answer(const MetadataServer& server, int status,
                                        const wire::Headers& headers, std::string_view body) {
    const auto no_project = [&](std::string_view why) {
        return fail(Kind::upstream,
                    cat(shown(server.root), " does not tell the project of this machine: ", why,
                        "; set GOOGLE_CLOUD_PROJECT"));
    };
    if (!is_google(headers)) return no_project(kNotGoogle);
    if (status != 200) return no_project(cat("HTTP ", status));
    const auto project = trim(body);
    if (project.empty() || project.size() > kLongestProject || !is_visible(project))
        return no_project("the answer is no project id");
    return std::string(project);
}

}  // namespace ogem::auth::google
