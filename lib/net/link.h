// A socket to a provider, with or without TLS on it: the same reads and writes.
#pragma once

#include "net/socket.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace ogem::net {

class TlsStream;

class Link {
public:
    Link() = default;
    explicit Link(Socket socket);
    ~Link();
    Link(Link&&) noexcept;
    Link& operator=(Link&&) noexcept;

    explicit operator bool() const { return static_cast<bool>(socket_); }
    Watch& watch() const { return socket_.watch(); }

    void use_tls(std::unique_ptr<TlsStream> tls);
    TlsStream* tls() const { return tls_.get(); }

    // would_block: wait until readable, then again. closed: a proper end; with TLS, only after its
    // close_notify.
    IoResult read(char* into, std::size_t size);

    // As much as goes now. would_block: wait until writable.
    IoResult write(std::span<const std::string_view> pieces);

    std::string failure(const IoResult& result) const;  // in words

private:
    Socket socket_;
    std::unique_ptr<TlsStream> tls_;
};

}  // namespace ogem::net
