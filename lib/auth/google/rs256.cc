#include "auth/google/rs256.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>

namespace ogem::auth::google {

namespace {

using Key = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;

// Without one OpenSSL would ask on the terminal.
int no_passphrase(char*, int, int, void*) {
    return -1;
}

// TLS connections of this thread read the same queue of errors.
std::unexpected<Error> failed(const char* why) {
    ERR_clear_error();
    return fail(Kind::invalid, why);
}

Result<Key> read_key(const Secret& pem) {
    const auto& text = pem.reveal();
    const std::unique_ptr<BIO, int (*)(BIO*)> bytes(
        BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free);
    Key key(bytes ? PEM_read_bio_PrivateKey(bytes.get(), nullptr, no_passphrase, nullptr) : nullptr,
            EVP_PKEY_free);
    if (!key) return failed("is not a private key in PEM without a passphrase");
    if (!EVP_PKEY_is_a(key.get(), "RSA")) return failed("is not an RSA key");
    return key;
}

}  // namespace

Result<void> check_rsa_key(const Secret& pem) {
    if (auto key = read_key(pem); !key) return fail_as(key);
    return {};
}

Result<std::string> sign_rs256(std::string_view text, const Secret& pem) {
    const auto key = read_key(pem);
    if (!key) return fail(key.error());
    const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(),
                                                                     EVP_MD_CTX_free);
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    std::string signature(static_cast<std::size_t>(EVP_PKEY_get_size(key->get())), '\0');
    auto size = signature.size();
    if (!context ||
        EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key->get()) != 1 ||
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                       bytes, text.size()) != 1)
        return failed("cannot sign");
    signature.resize(size);
    return signature;
}

}  // namespace ogem::auth::google
