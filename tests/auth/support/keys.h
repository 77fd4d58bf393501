// Keys and credential files made for the tests; each run makes its own, so none is worth anything.
#pragma once

#include <string>
#include <string_view>

namespace ogem::test {

const std::string& rsa_pem();  // PKCS#8, 2048 bits; the same for the whole run
std::string ec_pem();
std::string protected_rsa_pem();  // with a passphrase

// Whether `signature` is RS256 of `text` by the key of rsa_pem().
bool is_signed(std::string_view text, std::string_view signature);

// A key file as Google writes it, with that key.
std::string service_account(std::string_view token_uri = "https://oauth2.googleapis.com/token",
                            std::string_view private_key = rsa_pem());

// What `gcloud auth application-default login` leaves.
std::string authorized_user(std::string_view more = "");

}  // namespace ogem::test
