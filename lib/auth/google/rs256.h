// RS256: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 section 3.3), by OpenSSL.
#pragma once

#include "base/result.h"
#include "base/secret.h"

#include <string>
#include <string_view>

namespace ogem::auth::google {

// Whether `pem` can sign. Errors: invalid, without a byte of the key: it is no PEM, no private RSA
// key (PKCS#8 or PKCS#1), or protected by a passphrase.
Result<void> check_rsa_key(const Secret& pem);

// The bytes of the signature; about a millisecond for a key of 2048 bits. Errors: as above.
Result<std::string> sign_rs256(std::string_view text, const Secret& pem);

}  // namespace ogem::auth::google
