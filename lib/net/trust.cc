#include "net/trust.h"

namespace ogem::net {

Trust trust_of(const config::Environment& environment) {
    const auto value = [&](std::string_view name) {
        const auto at = environment.find(name);
        return at == environment.end() ? std::string() : at->second;
    };
    return {value("SSL_CERT_FILE"), value("SSL_CERT_DIR")};
}

}  // namespace ogem::net
