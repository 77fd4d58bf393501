#include "base/text.h"
#include "net/socket.h"
#include "net/tls.h"
#include "net/tls_sessions.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <cerrno>
#include <utility>

namespace ogem::net {

namespace {

std::string certificate_reason(long code) {
    std::string reason =
        cat("its certificate is not accepted: ", X509_verify_cert_error_string(code));
    if (code == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY)
        reason +=
            " (no trusted root signed it; is ca-certificates installed, SSL_CERT_FILE right?)";
    return reason;
}

std::string protocol_reason(unsigned long code) {
    switch (ERR_GET_REASON(code)) {
        case SSL_R_UNEXPECTED_EOF_WHILE_READING:
            return "it closed the connection without saying that it was done";
        case SSL_R_WRONG_VERSION_NUMBER:
            return "it does not speak TLS on this port";
        default:
            break;
    }
    const auto* text = ERR_reason_error_string(code);
    return cat("TLS failed: ", text ? text : "no reason given");
}

}  // namespace

TlsStream::TlsStream(ssl_st* ssl, std::string peer, std::shared_ptr<TlsSessions> sessions)
    : ssl_(ssl), peer_(std::move(peer)), sessions_(std::move(sessions)) {
    SSL_set_app_data(ssl_, this);
}

TlsStream::~TlsStream() {
    // No close_notify: the socket may be gone, its number taken by another. But a stream that is
    // freed without having been shut down spoils its session, so it says it was.
    if (failure_.empty()) SSL_set_shutdown(ssl_, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
    SSL_free(ssl_);
    ERR_clear_error();
}

int TlsStream::keep_session(ssl_st* ssl, ssl_session_st* session) {
    auto& stream = *static_cast<TlsStream*>(SSL_get_app_data(ssl));
    stream.sessions_->keep(stream.peer_, TlsSessions::Session(session));
    return 1;  // the reference is ours now
}

TlsProgress TlsStream::handshake() {
    ERR_clear_error();
    return progress_of(SSL_do_handshake(ssl_));
}

TlsProgress TlsStream::read(char* into, std::size_t size, std::size_t& bytes) {
    ERR_clear_error();
    const auto progress = progress_of(SSL_read_ex(ssl_, into, size, &bytes));
    // SSL_MODE_RELEASE_BUFFERS does not do it (OpenSSL 3.0.19): 16.5 KB while nothing comes.
    if (progress == TlsProgress::want_read) SSL_free_buffers(ssl_);
    return progress;
}

TlsProgress TlsStream::write(const char* from, std::size_t size, std::size_t& bytes) {
    ERR_clear_error();
    return progress_of(SSL_write_ex(ssl_, from, size, &bytes));
}

TlsProgress TlsStream::progress_of(int result) {
    if (result == 1) return TlsProgress::done;
    switch (const int error = SSL_get_error(ssl_, result)) {
        case SSL_ERROR_WANT_READ:
            return TlsProgress::want_read;
        case SSL_ERROR_WANT_WRITE:
            return TlsProgress::want_write;
        case SSL_ERROR_ZERO_RETURN:
            return TlsProgress::closed;
        default:
            failure_ = reason_of(error);
            return TlsProgress::failed;
    }
}

std::string TlsStream::reason_of(int error) const {
    const int os_error = errno;
    if (const auto code = SSL_get_verify_result(ssl_); code != X509_V_OK)
        return certificate_reason(code);
    if (error == SSL_ERROR_SYSCALL && os_error != 0)
        return cat("the connection broke: ", errno_text(os_error));
    return protocol_reason(ERR_peek_error());
}

bool TlsStream::resumed() const {
    return SSL_session_reused(ssl_) == 1;
}

}  // namespace ogem::net
