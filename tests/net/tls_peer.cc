#include "net/tls_peer.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace ogem::test {

namespace {

void add_extension(X509* certificate, int nid, const std::string& value) {
    auto* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str());
    REQUIRE(extension);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

}  // namespace

Identity make_identity(const Wish& wish) {
    static long serial = 1;
    Identity made{{EVP_EC_gen("P-256"), EVP_PKEY_free}, {X509_new(), X509_free}};
    auto* certificate = made.certificate.get();
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial++);
    X509_gmtime_adj(X509_getm_notBefore(certificate), wish.from);
    X509_gmtime_adj(X509_getm_notAfter(certificate), wish.until);
    X509_set_pubkey(certificate, made.key.get());
    auto* name = X509_get_subject_name(certificate);
    const auto* text = reinterpret_cast<const unsigned char*>(wish.authority ? "root" : "server");
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text, -1, -1, 0);
    const auto& issuer = wish.issuer ? *wish.issuer : made;
    X509_set_issuer_name(certificate, X509_get_subject_name(issuer.certificate.get()));
    if (wish.authority) add_extension(certificate, NID_basic_constraints, "critical,CA:TRUE");
    if (!wish.names.empty()) add_extension(certificate, NID_subject_alt_name, wish.names);
    REQUIRE(X509_sign(certificate, issuer.key.get(), EVP_sha256()) > 0);
    return made;
}

PemFile::PemFile(const Identity& identity) {
    char path[] = "/tmp/ogem_test_XXXXXX";
    const int fd = mkstemp(path);
    REQUIRE(fd >= 0);
    path_ = path;
    FILE* file = fdopen(fd, "w");
    PEM_write_X509(file, identity.certificate.get());
    fclose(file);
}

PemFile::~PemFile() {
    std::remove(path_.c_str());
}

TlsPeer::TlsPeer(const Identity& identity)
    : context_(SSL_CTX_new(TLS_server_method()), SSL_CTX_free) {
    SSL_CTX_use_certificate(context_.get(), identity.certificate.get());
    SSL_CTX_use_PrivateKey(context_.get(), identity.key.get());
    connect();
}

TlsPeer::TlsPeer(const TlsPeer& first, int) : context_(first.context_) {
    connect();
}

void TlsPeer::connect() {
    REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fds_) == 0);
    ssl_ = SSL_new(context_.get());
    SSL_set_fd(ssl_, fds_[1]);
    SSL_set_accept_state(ssl_);
}

TlsPeer::~TlsPeer() {
    SSL_free(ssl_);
    ::close(fds_[0]);
    hang_up();
}

void TlsPeer::step() {
    SSL_do_handshake(ssl_);
}

void TlsPeer::send(const std::string& text) {
    REQUIRE(SSL_write(ssl_, text.data(), static_cast<int>(text.size())) ==
            static_cast<int>(text.size()));
}

std::string TlsPeer::receive() {
    std::string text;
    char piece[4096];
    for (int n; (n = SSL_read(ssl_, piece, sizeof piece)) > 0;)
        text.append(piece, static_cast<std::size_t>(n));
    return text;
}

void TlsPeer::say_goodbye() {
    SSL_shutdown(ssl_);
}

void TlsPeer::hang_up() {
    if (fds_[1] >= 0) ::close(fds_[1]);
    fds_[1] = -1;
}

}  // namespace ogem::test
