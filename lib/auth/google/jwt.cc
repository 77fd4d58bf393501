#include "auth/google/jwt.h"

#include "auth/google/rs256.h"
#include "base/text.h"
#include "json/writer.h"
#include "wire/base64.h"

namespace ogem::auth::google {

namespace {

std::string header_of(const ServiceAccount& account) {
    std::string out;
    json::Writer json(out);
    json.begin_object().key("alg").value("RS256").key("typ").value("JWT");
    if (!account.key_id.empty()) json.key("kid").value(account.key_id);
    json.end_object();
    return out;
}

std::string claims_of(const ServiceAccount& account, std::int64_t now) {
    const auto issued = now - kBackdated;
    std::string out;
    json::Writer json(out);
    json.begin_object();
    json.key("iss").value(account.email);
    json.key("aud").value(account.token_uri);
    json.key("scope").value(kScope);
    json.key("iat").value(issued);
    json.key("exp").value(issued + kGoodFor);
    json.end_object();
    return out;
}

}  // namespace

Result<Secret> assertion_of(const ServiceAccount& account, std::int64_t now) {
    auto out =
        cat(wire::base64url(header_of(account)), '.', wire::base64url(claims_of(account, now)));
    const auto signature = sign_rs256(out, account.private_key);
    if (!signature)
        return fail(Kind::invalid,
                    cat("the key of ", account.email, ' ', signature.error().message));
    append(out, '.', wire::base64url(*signature));
    return Secret(std::move(out));
}

}  // namespace ogem::auth::google
