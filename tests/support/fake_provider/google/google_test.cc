#include "google/google.h"

#include "rule_cases.h"

using namespace ogem;
using namespace ogem::fake;

namespace {

constexpr std::int64_t kNow = 1'800'000'000;

std::string base64url(std::string_view text) {
    constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string out;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        bits = bits << 8 | static_cast<unsigned char>(c);
        for (count += 8; count >= 6; count -= 6) out += kDigits[bits >> (count - 6) & 63];
    }
    if (count > 0) out += kDigits[bits << (6 - count) & 63];
    return out;
}

// An assertion that is fine but for `patch` of its claims.
std::string assertion(const char* patch, const char* header = R"({"alg":"RS256","typ":"JWT"})",
                      std::size_t signature = 256) {
    const auto claims = patched(
        R"({"iss":"a@p.iam.gserviceaccount.com","aud":"https://oauth2.googleapis.com/token","scope":"s",
            "iat":1800000000,"exp":1800003600})",
        patch);
    return cat(base64url(header), ".", base64url(claims), ".",
               base64url(std::string(signature, 's')));
}

std::string fault(const std::string& text) {
    return google::jwt_fault(text, "", kNow).value_or("");
}

Request form(std::string body) {
    return {"POST /token HTTP/1.1\r\ncontent-type: application/x-www-form-urlencoded\r\n\r\n",
            std::move(body)};
}

std::string body_of(const PlanPtr& plan) {
    const auto& bytes = plan->steps[0].bytes;
    return bytes.substr(bytes.find("\r\n\r\n") + 4);
}

}  // namespace

TEST_CASE("a service account's assertion is looked at closely") {
    CHECK(fault(assertion("{}")) == "");
    CHECK(fault("a.b") != "");
    CHECK(fault(assertion("{}") + "=") != "");
    CHECK(fault(assertion("{}", R"({"alg":"HS256"})")) != "");
    CHECK(fault(assertion("{}", R"({"alg":"RS256"})", 32)) == "Invalid JWT Signature.");
    for (const char* const patch :
         {R"({"iss":"nobody"})", R"({"aud":"https://example.com/"})", R"({"scope":null})",
          R"({"exp":1800003700})", R"({"iat":1800000900,"exp":1800003600})",
          R"({"exp":1799999999})"}) {
        CAPTURE(patch);
        CHECK(fault(assertion(patch)) != "");
    }
    CHECK(google::jwt_fault(assertion("{}"), "not a key", kNow) == "Invalid JWT Signature.");
}

TEST_CASE("a token that was given out opens Vertex until it is revoked") {
    Provider provider(false);
    const auto plan = provider.answer(
        form("grant_type=refresh_token&client_id=i&client_secret=s&refresh_token=1%2F%2Fr"));
    const auto token = json::parse(body_of(plan)).value()["access_token"].get<std::string>();
    const auto ask = request_with(
        "POST /v1/projects/p/locations/l/publishers/google/models/m:generateContent",
        cat("authorization: Bearer ", token, "\r\n"), R"({"contents":[{"parts":[{"text":"x"}]}]})");
    CHECK(provider.answer(ask)->status == 200);
    provider.answer({"POST /_fake/google HTTP/1.1\r\n\r\n", R"({"revoke":true})"});
    CHECK(provider.answer(ask)->status == 401);
}

TEST_CASE("the token endpoint refuses in OAuth's words, by rule and by script") {
    Provider provider(false);
    CHECK(provider.answer(form("grant_type=password"))->refused != "");
    CHECK(provider
              .answer(form(
                  "grant_type=refresh_token&client_id=i&client_secret=s&refresh_token=revoked"))
              ->refused != "");
    CHECK(provider.answer({"POST /token HTTP/1.1\r\n\r\n", "{}"})->status == 400);
    provider.answer({"POST /_fake/script HTTP/1.1\r\n\r\n",
                     R"({"model":"/token","steps":["invalid-grant","status=503","expires=7"]})"});
    const auto good = form("grant_type=refresh_token&client_id=i&client_secret=s&refresh_token=r");
    CHECK(body_of(provider.answer(good)).find("\"invalid_grant\"") != std::string::npos);
    CHECK(body_of(provider.answer(good)).find("\"temporarily_unavailable\"") != std::string::npos);
    CHECK(body_of(provider.answer(good)).find("\"expires_in\":7,") != std::string::npos);
}

TEST_CASE("the metadata server wants its flavor said, and says it") {
    Provider provider(false);
    const std::string line =
        "GET /computeMetadata/v1/instance/service-accounts/default/token HTTP/1.1\r\n";
    CHECK(provider.answer({line + "\r\n", ""})->status == 403);
    const auto plan = provider.answer({line + "metadata-flavor: Google\r\n\r\n", ""});
    CHECK(plan->steps[0].bytes.find("metadata-flavor: Google") != std::string::npos);
    CHECK(body_of(plan).find("ya29.") != std::string::npos);
    const auto project = provider.answer(
        {"GET /computeMetadata/v1/project/project-id HTTP/1.1\r\nmetadata-flavor: Google\r\n\r\n",
         ""});
    CHECK(body_of(project) == "a-fake-project");
}
