#include "auth/google/token_request.h"

#include "auth/support/keys.h"
#include "base/text.h"
#include "wire/url.h"

#include <doctest/doctest.h>

#include <string>

using namespace ogem;
using namespace ogem::auth::google;
using namespace ogem::test;

namespace {

TokenRequest request_for(const std::string& file) {
    const auto credentials = parse_credentials(file, "/key.json");
    REQUIRE(credentials);
    auto request = token_request(*credentials, 1'700'000'000);
    REQUIRE(request);
    return std::move(*request);
}

std::string field(const TokenRequest& request, std::string_view name) {
    return wire::query_value("?" + request.body, name);
}

MetadataServer metadata_server() {
    return {*wire::parse_url("http://metadata.google.internal")};
}

}  // namespace

TEST_CASE("a service account sends its statement as a form") {
    const auto request = request_for(service_account("https://token.test/t?v=2"));
    CHECK(request.url.host == "token.test");
    CHECK(request.head ==
          cat("POST /t?v=2 HTTP/1.1\r\nHost: token.test\r\nUser-Agent: ogem/" OGEM_VERSION
              "\r\nAccept-Encoding: identity\r\nAccept: application/json\r\n"
              "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ",
              request.body.size(), "\r\n\r\n"));
    CHECK(field(request, "grant_type") == "urn:ietf:params:oauth:grant-type:jwt-bearer");
    CHECK(split(field(request, "assertion"), '.').size() == 3);
    REQUIRE(request.secrets.size() == 1);
    CHECK(request.secrets[0].reveal() == field(request, "assertion"));
}

TEST_CASE("a user's login sends its refresh token as a form") {
    const auto request = request_for(authorized_user());
    CHECK(request.head.starts_with("POST /token HTTP/1.1\r\nHost: oauth2.googleapis.com\r\n"));
    CHECK(field(request, "grant_type") == "refresh_token");
    CHECK(field(request, "client_id") == "id.apps.googleusercontent.com");
    CHECK(field(request, "client_secret") == "d-very-secret");
    CHECK(field(request, "refresh_token") == "1//0refresh-me");
    CHECK(request.body.find("1%2F%2F0refresh-me") != std::string::npos);
}

TEST_CASE("a token endpoint without a path is asked at /") {
    CHECK(request_for(service_account("https://token.test")).head.starts_with("POST / HTTP/1.1"));
}

TEST_CASE("the metadata server is asked for the machine's token with its header") {
    const Credentials machine{"this machine", metadata_server(), ""};
    const auto request = token_request(machine, 0);
    REQUIRE(request);
    CHECK(request->head.starts_with(
        "GET /computeMetadata/v1/instance/service-accounts/default/"
        "token?scopes=https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fcloud-platform HTTP/1.1\r\n"
        "Host: metadata.google.internal\r\n"));
    CHECK(request->head.ends_with("\r\nMetadata-Flavor: Google\r\n\r\n"));
    CHECK(request->body.empty());
    CHECK(project_request(metadata_server())
              .head.starts_with("GET /computeMetadata/v1/project/project-id HTTP/1.1\r\n"));
}
