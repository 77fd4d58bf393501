// TLS to providers: the client's side, verified, on a socket that somebody else waits for (contract
// section 9.22). A context belongs to one worker, a stream to one connection of it.
//
// Always: TLS 1.2 or newer, the certificate chain ends at a trusted root, the certificate is for
// the host asked for. There is no way to switch that off.
#pragma once

#include "base/result.h"
#include "net/trust.h"

#include <cstddef>
#include <memory>
#include <string>

struct ssl_st;
struct ssl_ctx_st;
struct ssl_session_st;

namespace ogem::net {

class TlsSessions;

// What came of an attempt. want_*: do it again once the socket is readable or writable; closed: the
// peer ended the stream properly (close_notify); failed: see failure().
enum class TlsProgress : unsigned char { done, want_read, want_write, closed, failed };

// One connection. Not thread-safe. REQUIRES: SIGPIPE is ignored by the program.
class TlsStream {
public:
    ~TlsStream();  // does not touch the socket
    TlsStream(const TlsStream&) = delete;

    // Once, before the rest. done: the peer has proven who it is.
    TlsProgress handshake();

    // Reads until want_read before waiting for the socket: bytes may be waiting here already. An
    // end of the connection without close_notify is failed: the peer's last words may be missing.
    TlsProgress read(char* into, std::size_t size, std::size_t& bytes);

    // May take a part only. After want_* the same bytes must come again, from any address.
    TlsProgress write(const char* from, std::size_t size, std::size_t& bytes);

    // Why the last call failed, as the end of a sentence about the host: "its certificate is not
    // accepted: certificate has expired".
    const std::string& failure() const { return failure_; }

    bool resumed() const;  // the handshake was a short one

private:
    friend class TlsContext;
    TlsStream(ssl_st* ssl, std::string peer, std::shared_ptr<TlsSessions> sessions);
    static int keep_session(ssl_st* ssl, ssl_session_st* session);

    TlsProgress progress_of(int result);
    std::string reason_of(int error) const;

    ssl_st* const ssl_;
    const std::string peer_;  // "host:port"
    const std::shared_ptr<TlsSessions> sessions_;
    std::string failure_;
};

class TlsContext {
public:
    explicit TlsContext(Trust trust = {});
    ~TlsContext();
    TlsContext(const TlsContext&) = delete;

    // A stream on the connected, non-blocking socket `fd`, which stays its owner's. `host` is a
    // name or an IP address without brackets: what the certificate must be for. The first call
    // loads the trusted certificates (up to 23 ms with one big file). Errors: tls, if they cannot
    // be read.
    Result<std::unique_ptr<TlsStream>> open(int fd, const std::string& host, unsigned short port);

private:
    Result<void> load();

    const Trust trust_;
    ssl_ctx_st* context_ = nullptr;  // made by the first open()
    std::shared_ptr<TlsSessions> sessions_;
};

}  // namespace ogem::net
