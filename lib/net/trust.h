// Whom TLS connections trust. Contract section 9.22.
#pragma once

#include "config/load.h"

#include <string>

namespace ogem::net {

struct Trust {
    std::string file;    // SSL_CERT_FILE: certificates in PEM; empty with an empty folder: the
    std::string folder;  // system's. SSL_CERT_DIR: hashed certificates.
};

Trust trust_of(const config::Environment& environment);

}  // namespace ogem::net
