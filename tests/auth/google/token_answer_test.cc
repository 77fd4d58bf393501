#include "auth/google/token_answer.h"

#include "auth/support/has.h"
#include "auth/support/keys.h"
#include "base/text.h"

#include <doctest/doctest.h>

#include <string>

using namespace ogem;
using namespace ogem::auth::google;
using namespace ogem::test;

namespace {

// Credentials, the request they made, and what their endpoint says to it.
struct Conversation {
    Credentials credentials;
    TokenRequest request;

    explicit Conversation(Credentials who)
        : credentials(std::move(who)), request(*token_request(credentials, 1'700'000'000)) {}

    TokenResult answer(int status, std::string body, wire::Headers headers = {}) const {
        return read_token_answer(credentials, request, status, headers, std::move(body));
    }
    Failure failure(int status, std::string body, wire::Headers headers = {}) const {
        const auto result = answer(status, std::move(body), std::move(headers));
        REQUIRE_FALSE(result);
        return result.error();
    }
};

Conversation of_account() {
    return Conversation(*parse_credentials(service_account(), "/key.json"));
}
Conversation of_user() {
    return Conversation(*parse_credentials(authorized_user(), "/user.json"));
}
Conversation of_machine() {
    return Conversation(
        {"this machine", MetadataServer{*wire::parse_url("http://metadata.google.internal")}, ""});
}

std::string token(std::string_view lifetime, std::string_view more = "") {
    return cat(R"({"access_token":"ya29.c","token_type":"Bearer","expires_in":)", lifetime, more,
               '}');
}

const wire::Headers kGoogle{{"metadata-flavor", "Google"}};

}  // namespace

TEST_CASE("a token and its lifetime are read, number or text") {
    for (const auto* lifetime : {"3599", "\"3599\"", "3599.0"}) {
        const auto read = of_account().answer(200, token(lifetime));
        REQUIRE(read);
        CHECK(read->text.reveal() == "ya29.c");
        CHECK(read->lifetime == 3599s);
        CHECK(read->refresh_token.empty());
    }
}

TEST_CASE("a lifetime that is not said is an hour, one beyond a day is cut") {
    CHECK(of_account().answer(200, R"({"access_token":"t"})")->lifetime == 1h);
    CHECK(of_account().answer(200, token("1e18"))->lifetime == 24h);
}

TEST_CASE("a rotated refresh token is noticed") {
    CHECK(of_user().answer(200, token("10", R"(,"refresh_token":"new")"))->refresh_token.reveal() ==
          "new");
}

TEST_CASE("an answer that is no token is a failure that may pass") {
    const auto conversation = of_account();
    for (const std::string& body :
         {std::string(), std::string("<html>"), std::string("[]"), std::string("{}"), token("0"),
          token("-5"), token("1e999"), token("\"soon\""), token("null"),
          std::string(R"({"access_token":7})"), std::string(R"({"access_token":"a b"})"),
          std::string(R"({"access_token":"a\r\nx-evil: 1"})"),
          std::string(R"({"access_token":"t","token_type":"mac"})"),
          cat(R"({"access_token":")", std::string(17 << 10, 'x'), "\"}")}) {
        CAPTURE(body.substr(0, 80));
        const auto failure = conversation.failure(200, body);
        CHECK(failure.error.kind == Kind::upstream);
        CHECK(failure.may_pass);
        CHECK(failure.error.message.starts_with(
            "https://oauth2.googleapis.com/token gives no token for /key.json (bot@"));
    }
}

TEST_CASE("an account that Google refuses needs a human, and is told what to check") {
    const auto failure = of_account().failure(
        400, R"({"error":"invalid_grant","error_description":"Invalid JWT Signature."})");
    CHECK(failure.error.kind == Kind::unauthorized);
    CHECK_FALSE(failure.may_pass);
    CHECK(has(failure.error.message, "HTTP 400 invalid_grant: Invalid JWT Signature."));
    CHECK(has(failure.error.message, "clock"));
    CHECK(has(failure.error.message, "key key-1"));
}

TEST_CASE("a login that has ended is told as such, reauthentication too") {
    const auto ended = of_user().failure(400, R"({"error":"invalid_grant"})");
    CHECK_FALSE(ended.may_pass);
    CHECK(has(ended.error.message, "log in again with `gcloud auth application-default login`"));
    for (const auto* body :
         {R"({"error":"invalid_rapt"})",
          R"({"error":"invalid_grant","error_subtype":"invalid_rapt"})",
          R"({"error":"invalid_grant","error_description":"reauth is required"})"}) {
        const auto failure = of_user().failure(400, body);
        CHECK_FALSE(failure.may_pass);
        CHECK(has(failure.error.message, "the organisation asks for a new login: log in again"));
    }
}

TEST_CASE("overload and trouble at the endpoint may pass") {
    for (const int status : {408, 429, 500, 502, 503, 504})
        CHECK(of_account().failure(status, "").may_pass);
    for (const std::string error : {"server_error", "temporarily_unavailable", "internal_failure"})
        CHECK(of_account().failure(400, R"({"error":")" + error + "\"}").may_pass);
    for (const int status : {400, 401, 403, 404, 501})
        CHECK_FALSE(of_account().failure(status, "").may_pass);
    CHECK(of_account().failure(503, "", {{"Retry-After", "7"}}).error.retry_after == 7s);
}

TEST_CASE("Google's other shape of errors is understood") {
    const auto failure = of_account().failure(
        403, R"({"error":{"code":403,"message":"API disabled","status":"PERMISSION_DENIED"}})");
    CHECK(has(failure.error.message, "HTTP 403 PERMISSION_DENIED: API disabled"));
}

TEST_CASE("a redirect is not followed and says so") {
    const auto failure =
        of_account().failure(302, "", {{"Location", "https://evil.test/?steal=1"}});
    CHECK_FALSE(failure.may_pass);
    CHECK(has(failure.error.message, "HTTP 302, and redirects are not followed"));
    CHECK(!has(failure.error.message, "evil"));
}

TEST_CASE("what an endpoint says is quoted on one line, short, and without our secrets") {
    const auto user = of_user();
    const auto failure = user.failure(
        400, cat(R"({"error":"invalid_grant\n","error_description":"no 1//0refresh-me\u000a)",
                 R"(nor 1%2F%2F0refresh-me nor d-very-secret )", std::string(5000, 'x'), "\"}"));
    const auto& message = failure.error.message;
    CHECK(has(message, "no *** nor *** nor *** xxx"));
    CHECK(message.find_first_of("\r\n") == std::string::npos);
    CHECK(message.size() < 700);
    const auto account = of_account();
    const auto echoed = account.failure(400, R"({"error":"x","error_description":"bad )" +
                                                 account.request.secrets[0].reveal() + "\"}");
    CHECK(!has(echoed.error.message, account.request.secrets[0].reveal()));
}

TEST_CASE("an answer without Metadata-Flavor is not the metadata server's") {
    const auto machine = of_machine();
    CHECK(machine.answer(200, token("300"), kGoogle)->lifetime == 300s);
    for (const wire::Headers& headers : {wire::Headers{}, {{"metadata-flavor", "Amazon"}}}) {
        const auto failure = machine.failure(200, token("300"), headers);
        CHECK_FALSE(failure.may_pass);
        CHECK(has(failure.error.message, "GCE_METADATA_HOST"));
    }
    CHECK(has(machine.failure(404, "not found", kGoogle).error.message,
              "attach a service account with the scope cloud-platform"));
}

TEST_CASE("the metadata server tells the project, as one plain word") {
    const MetadataServer server{*wire::parse_url("http://metadata.google.internal")};
    CHECK(*read_project_answer(server, 200, kGoogle, "my-project\n") == "my-project");
    CHECK_FALSE(read_project_answer(server, 200, {}, "my-project"));
    CHECK_FALSE(read_project_answer(server, 404, kGoogle, "my-project"));
    for (const auto& body : {std::string(), std::string("a b"), std::string(101, 'x')})
        CHECK_FALSE(read_project_answer(server, 200, kGoogle, body));
}
