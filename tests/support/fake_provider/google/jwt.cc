// RFC 7519 and Google's rules for service accounts (JWT bearer grant).
#include "base/text.h"
#include "google/google.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <array>
#include <memory>

namespace ogem::fake::google {

namespace {

constexpr std::int64_t kSkew = 300;   // seconds a clock may be ahead
constexpr std::int64_t kHour = 3600;  // the longest life of an assertion
constexpr std::string_view kAudience = "https://oauth2.googleapis.com/token";

std::optional<std::string> base64url(std::string_view text) {
    constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string out;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const auto digit = kDigits.find(c);
        if (digit == std::string_view::npos) return {};
        bits = (bits << 6 | static_cast<std::uint32_t>(digit)) & 0xffffff;
        if ((count += 6) >= 8) out += static_cast<char>(bits >> (count -= 8) & 0xff);
    }
    return out;
}

json::Value object_in(std::string_view part) {
    const auto text = base64url(part);
    if (!text) return nullptr;
    auto parsed = json::parse(*text);
    return parsed && parsed->is_object() ? *std::move(parsed) : json::Value{};
}

bool verified(std::string_view signed_part, std::string_view signature, const std::string& pem) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
        PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          EVP_MD_CTX_free);
    if (!key || EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1)
        return false;
    const auto* const bytes = [](std::string_view text) {
        return reinterpret_cast<const unsigned char*>(text.data());
    }(signed_part);
    return EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature.data()),
                            signature.size(), bytes, signed_part.size()) == 1;
}

std::int64_t seconds_at(const json::Value& claims, const char* name) {
    const auto& value = member_at(claims, name);
    return value.is_number_integer() ? value.get<std::int64_t>() : 0;
}

std::optional<std::string> claims_fault(const json::Value& claims, std::int64_t now) {
    const auto issued = seconds_at(claims, "iat"), expires = seconds_at(claims, "exp");
    if (text_at(claims, "iss").find('@') == std::string::npos)
        return "Invalid JWT: Failed to find iss claim of a service account.";
    if (text_at(claims, "aud") != kAudience)
        return cat("Invalid JWT: The audience must be ", kAudience, ".");
    if (text_at(claims, "scope").empty())
        return "Invalid OAuth scope or ID token audience provided.";
    if (issued == 0 || issued > now + kSkew || expires <= now || expires - issued > kHour)
        return "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable "
               "timeframe. Check your iat and exp values in the JWT claim.";
    return {};
}

}  // namespace

std::optional<std::string> jwt_fault(std::string_view assertion, const std::string& public_key,
                                     std::int64_t now) {
    const auto parts = split(assertion, '.');
    if (parts.size() != 3) return "The assertion is not a JWT of three parts.";
    const auto header = object_in(parts[0]), claims = object_in(parts[1]);
    const auto signature = base64url(parts[2]);
    if (header.is_null() || claims.is_null() || !signature)
        return "The assertion is not base64url without padding, or not JSON.";
    if (text_at(header, "alg") != "RS256") return "Invalid JWT: alg must be RS256.";
    if (header.contains("typ") && text_at(header, "typ") != "JWT") return "Invalid JWT: typ.";
    if (auto fault = claims_fault(claims, now)) return fault;
    const auto signed_part = assertion.substr(0, parts[0].size() + 1 + parts[1].size());
    const bool good = public_key.empty() ? signature->size() >= 128
                                         : verified(signed_part, *signature, public_key);
    if (!good) return "Invalid JWT Signature.";
    return {};
}

}  // namespace ogem::fake::google
