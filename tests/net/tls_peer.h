// The other side of a TLS connection, for tests: certificates made on the spot and a server at the
// far end of a socket pair.
#pragma once

#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

namespace ogem::test {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

struct Identity {
    Key key;
    Certificate certificate;
};

struct Wish {
    std::string names;                 // "DNS:api.example.com,IP:127.0.0.1"
    long from = -3600;                 // seconds from now
    long until = 3600;                 // seconds from now
    const Identity* issuer = nullptr;  // null: signs itself
    bool authority = false;            // may sign others
};
Identity make_identity(const Wish& wish);

// A file of certificates in PEM, removed with the object.
class PemFile {
public:
    explicit PemFile(const Identity& identity);
    ~PemFile();
    PemFile(const PemFile&) = delete;
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

// A server at one end of a socket pair; client_fd() is the other. Both are non-blocking.
class TlsPeer {
public:
    explicit TlsPeer(const Identity& identity);
    TlsPeer(const TlsPeer& first, int);  // a second connection to the same server
    ~TlsPeer();

    int client_fd() const { return fds_[0]; }
    SSL* ssl() const { return ssl_; }

    void step();  // as far as the handshake goes now
    void send(const std::string& text);
    std::string receive();  // what has come
    void say_goodbye();     // close_notify
    void hang_up();         // closes the socket

private:
    void connect();
    std::shared_ptr<SSL_CTX> context_;
    SSL* ssl_ = nullptr;
    int fds_[2] = {-1, -1};
};

}  // namespace ogem::test
