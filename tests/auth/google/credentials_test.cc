#include "auth/google/credentials.h"

#include "auth/support/has.h"
#include "auth/support/keys.h"

#include <doctest/doctest.h>

#include <string>

using namespace ogem;
using namespace ogem::auth::google;
using namespace ogem::test;

namespace {

Result<Credentials> parse(std::string text) {
    return parse_credentials(std::move(text), "/etc/key.json");
}

// The message of a file that must not be accepted.
std::string refused(std::string text) {
    const auto result = parse(std::move(text));
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == Kind::invalid);
    CHECK(result.error().message.starts_with("/etc/key.json"));
    return result.error().message;
}

// With every newline of a PEM written as the two characters backslash and n.
std::string flattened(std::string pem) {
    for (auto at = pem.find('\n'); at != std::string::npos; at = pem.find('\n', at))
        pem.replace(at, 1, "\\n");
    return pem;
}

}  // namespace

TEST_CASE("a service account's key file is read") {
    const auto read = parse(service_account("https://token.test:8443/x"));
    REQUIRE(read);
    CHECK(read->project == "project-of-key");
    CHECK(read->name == "/etc/key.json (bot@project-of-key.iam.gserviceaccount.com)");
    const auto& account = std::get<ServiceAccount>(read->holder);
    CHECK(account.email == "bot@project-of-key.iam.gserviceaccount.com");
    CHECK(account.key_id == "key-1");
    CHECK(account.private_key.reveal() == rsa_pem());
    CHECK(account.token_uri == "https://token.test:8443/x");
    CHECK(read->token_url().host == "token.test");
    CHECK(read->token_url().port == 8443);
}

TEST_CASE("the file that gcloud's login leaves is read, quota project included") {
    const auto read = parse(authorized_user(R"(,"quota_project_id":"bill-me")"));
    REQUIRE(read);
    const auto& user = std::get<AuthorizedUser>(read->holder);
    CHECK(user.client_id == "id.apps.googleusercontent.com");
    CHECK(user.client_secret.reveal() == "d-very-secret");
    CHECK(user.refresh_token.reveal() == "1//0refresh-me");
    CHECK(user.quota_project == "bill-me");
    CHECK(read->project == "bill-me");
}

TEST_CASE("without a token_uri the token endpoint is Google's") {
    CHECK(parse(authorized_user())->token_url() ==
          *wire::parse_url("https://oauth2.googleapis.com/token"));
    CHECK(parse(authorized_user(R"(,"token_uri":"http://127.0.0.1:9/t")"))->token_url().port == 9);
}

TEST_CASE("a private key whose newlines became backslash-n is repaired") {
    const auto read = parse(service_account("https://a.test/", flattened(rsa_pem())));
    REQUIRE(read);
    CHECK(std::get<ServiceAccount>(read->holder).private_key.reveal() == rsa_pem());
}

TEST_CASE("a key that cannot sign is found when the file is read, not at the first request") {
    const auto with_key = [](std::string_view pem) {
        return refused(service_account("https://a.test/", pem));
    };
    CHECK(has(with_key(""), "\"private_key\" is not a private key in PEM"));
    CHECK(has(with_key("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"),
              "\"private_key\" is not a private key in PEM"));
    CHECK(has(with_key(rsa_pem().substr(0, 700)), "download the file again"));
    CHECK(has(with_key(protected_rsa_pem()), "without a passphrase"));
    CHECK(has(with_key(ec_pem()), "\"private_key\" is not an RSA key"));
}

TEST_CASE("credentials of other types are refused by name, with what to do instead") {
    for (const std::string type : {"external_account", "impersonated_service_account", "gdch",
                                   "gdch_service_account", "external_account_authorized_user"}) {
        const auto message = refused(R"({"type":")" + type + "\"}");
        CHECK(has(message, "\"" + type + "\""));
        CHECK(has(message, "not supported"));
        CHECK(has(message, "gcloud auth application-default login"));
    }
    CHECK(has(refused(R"({"type":"telepathy"})"), "type \"telepathy\" are not known"));
    CHECK(has(refused(R"({"installed":{"client_id":"x"}})"), "an OAuth client, not an account"));
    CHECK(has(refused("{}"), "no \"type\""));
}

TEST_CASE("a member that is missing, odd or of the wrong type is named") {
    CHECK(has(refused(R"({"type":"authorized_user"})"), "\"client_id\" is missing"));
    CHECK(has(refused(R"({"type":"authorized_user","client_id":7})"), "\"client_id\" is missing"));
    CHECK(has(refused(R"({"type":"service_account"})"), "\"client_email\" is missing"));
    CHECK(has(refused(authorized_user(R"(,"token_uri":"ftp://x/")")), "\"token_uri\""));
    CHECK(has(refused(authorized_user(R"(,"quota_project_id":"a\r\nx-evil: 1")")),
              "\"quota_project_id\" holds control characters"));
}

TEST_CASE("what is no JSON object is refused without a word of it") {
    for (const std::string text : {"", "[]", "7", "{", "secret-but-no-json", "\xff\xfe{"}) {
        const auto message = refused(text);
        CHECK(has(message, "is not the JSON of credentials"));
        if (text.size() > 3) CHECK(!has(message, text));
    }
}

TEST_CASE("no secret of a file is ever in a message (promise 13)") {
    const auto message = refused(
        R"({"type":"authorized_user","client_secret":"d-very-secret","refresh_token":"1//0x"})");
    CHECK(!has(message, "d-very-secret"));
    CHECK(!has(message, "1//0x"));
}

TEST_CASE("the same account with another key is another identity") {
    const auto a = *parse(service_account("https://a.test/"));
    CHECK(same_identity(a, *parse(service_account("https://a.test/"))));
    CHECK_FALSE(same_identity(a, *parse(service_account("https://b.test/"))));
    CHECK_FALSE(same_identity(a, *parse(authorized_user())));
    const auto user = *parse(authorized_user());
    CHECK(same_identity(user, *parse(authorized_user())));
    CHECK_FALSE(same_identity(user, *parse(authorized_user(R"(,"quota_project_id":"p")"))));
}
