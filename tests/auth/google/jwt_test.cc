#include "auth/google/jwt.h"

#include "auth/google/rs256.h"
#include "auth/support/keys.h"
#include "base/text.h"
#include "json/value.h"
#include "support/fixture.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace ogem;
using namespace ogem::auth::google;
using namespace ogem::test;

namespace {

std::string base64url_decoded(std::string_view text) {
    std::string plain(text);
    std::ranges::replace(plain, '-', '+');
    std::ranges::replace(plain, '_', '/');
    return base64_decoded(plain);
}

ServiceAccount account(std::string_view token_uri) {
    const auto read = parse_credentials(service_account(token_uri), "/key.json");
    REQUIRE(read);
    return std::get<ServiceAccount>(read->holder);
}

}  // namespace

TEST_CASE("a service account's statement says who, for whom, for what and until when (RFC 7523)") {
    const auto statement = assertion_of(account("https://token.test/t"), 1'700'000'000);
    REQUIRE(statement);
    const auto parts = split(statement->reveal(), '.');
    REQUIRE(parts.size() == 3);
    CHECK(*json::parse(base64url_decoded(parts[0])) ==
          *json::parse(R"({"alg":"RS256","typ":"JWT","kid":"key-1"})"));
    CHECK(*json::parse(base64url_decoded(parts[1])) ==
          *json::parse(R"({"iss":"bot@project-of-key.iam.gserviceaccount.com",
                          "aud":"https://token.test/t",
                          "scope":"https://www.googleapis.com/auth/cloud-platform",
                          "iat":1699999970,"exp":1700003570})"));
}

TEST_CASE("the statement is signed with the account's key, RS256 over header and claims") {
    const auto statement = assertion_of(account("https://token.test/t"), 1'700'000'000)->reveal();
    const auto dot = statement.rfind('.');
    const auto signature = base64url_decoded(std::string_view(statement).substr(dot + 1));
    CHECK(signature.size() == 256);
    CHECK(is_signed(statement.substr(0, dot), signature));
    CHECK_FALSE(is_signed(statement.substr(0, dot - 1), signature));
}

TEST_CASE("an address with characters that JSON escapes arrives as it is") {
    auto odd = account("https://token.test/t");
    odd.email = "a\"b\\c@p.test";
    odd.key_id.clear();
    const auto parts = assertion_of(odd, 0)->reveal();
    const auto pieces = split(parts, '.');
    CHECK((*json::parse(base64url_decoded(pieces[1])))["iss"] == odd.email);
    CHECK_FALSE(json::parse(base64url_decoded(pieces[0]))->contains("kid"));
}

TEST_CASE("a key that cannot sign is an error that does not show it") {
    for (const auto& pem : {std::string(), std::string("nonsense"), ec_pem()}) {
        const auto result = sign_rs256("text", Secret(pem));
        REQUIRE_FALSE(result);
        CHECK(result.error().kind == Kind::invalid);
        CHECK((pem.empty() || result.error().message.find(pem) == std::string::npos));
    }
}
