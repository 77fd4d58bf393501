#include "auth/support/keys.h"

#include "base/text.h"
#include "json/writer.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>

namespace ogem::test {

namespace {

EVP_PKEY* rsa_key() {
    static const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key(
        EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2048}), EVP_PKEY_free);
    return key.get();
}

std::string pem_of(EVP_PKEY* key, const EVP_CIPHER* cipher = nullptr) {
    const std::unique_ptr<BIO, int (*)(BIO*)> out(BIO_new(BIO_s_mem()), BIO_free);
    char passphrase[] = "sesame";
    PEM_write_bio_PKCS8PrivateKey(out.get(), key, cipher, cipher ? passphrase : nullptr,
                                  cipher ? 6 : 0, nullptr, nullptr);
    char* bytes = nullptr;
    const auto size = BIO_get_mem_data(out.get(), &bytes);
    return {bytes, static_cast<std::size_t>(size)};
}

}  // namespace

const std::string& rsa_pem() {
    static const auto pem = pem_of(rsa_key());
    return pem;
}

std::string ec_pem() {
    const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key(
        EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), EVP_PKEY_free);
    return pem_of(key.get());
}

std::string protected_rsa_pem() {
    return pem_of(rsa_key(), EVP_aes_256_cbc());
}

bool is_signed(std::string_view text, std::string_view signature) {
    const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(),
                                                                     EVP_MD_CTX_free);
    const auto bytes = [](std::string_view view) {
        return reinterpret_cast<const unsigned char*>(view.data());
    };
    EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, rsa_key());
    return EVP_DigestVerify(context.get(), bytes(signature), signature.size(), bytes(text),
                            text.size()) == 1;
}

std::string service_account(std::string_view token_uri, std::string_view private_key) {
    std::string out;
    json::Writer json(out);
    json.begin_object();
    json.key("type").value("service_account");
    json.key("project_id").value("project-of-key");
    json.key("private_key_id").value("key-1");
    json.key("private_key").value(private_key);
    json.key("client_email").value("bot@project-of-key.iam.gserviceaccount.com");
    json.key("client_id").value("1234567890");
    json.key("auth_uri").value("https://accounts.google.com/o/oauth2/auth");
    json.key("token_uri").value(token_uri);
    json.key("universe_domain").value("googleapis.com");
    json.end_object();
    return out;
}

std::string authorized_user(std::string_view more) {
    return cat(R"({"account":"","client_id":"id.apps.googleusercontent.com",)",
               R"("client_secret":"d-very-secret","refresh_token":"1//0refresh-me","type":)",
               R"("authorized_user")", more, '}');
}

}  // namespace ogem::test
