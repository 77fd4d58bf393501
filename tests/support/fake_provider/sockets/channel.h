// The bytes of one accepted connection, plain or TLS. Never blocks. Owns its descriptor.
#pragma once

#include <openssl/ssl.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace ogem::fake {

enum class Io : unsigned char { moved, again, ended, broken };

class Channel {
public:
    // `tls` null: plain. It must outlive the channel.
    Channel(int fd, SSL_CTX* tls);
    ~Channel();
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    // Appends what has come to `buffer`, at most one scratch full.
    Io read(std::string& buffer);
    // Sends the start of `bytes`; `count` says how many went.
    Io write(std::string_view bytes, std::size_t& count);

    void reset();   // closes with RST
    void finish();  // closes with FIN

    int fd() const { return fd_; }

private:
    struct Free {
        void operator()(SSL* ssl) const { SSL_free(ssl); }
    };
    Io tls_result(int result) const;

    int fd_;
    std::unique_ptr<SSL, Free> ssl_;
};

// A TLS server that shows this certificate; exits the program with a sentence if it cannot.
SSL_CTX* tls_server(const std::string& certificate_file, const std::string& key_file);

}  // namespace ogem::fake
