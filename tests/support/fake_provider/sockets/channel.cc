#include "sockets/channel.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>

namespace ogem::fake {

namespace {

char scratch[256 << 10];

Io plain_result(ssize_t result) {
    if (result > 0) return Io::moved;
    if (result == 0) return Io::ended;
    return errno == EAGAIN || errno == EINTR ? Io::again : Io::broken;
}

}  // namespace

Channel::Channel(int fd, SSL_CTX* tls) : fd_(fd) {
    if (!tls) return;
    ssl_.reset(SSL_new(tls));
    SSL_set_fd(ssl_.get(), fd);
    SSL_set_accept_state(ssl_.get());
}

Channel::~Channel() {
    if (fd_ >= 0) close(fd_);
}

Io Channel::tls_result(int result) const {
    if (result > 0) return Io::moved;
    const int error = SSL_get_error(ssl_.get(), result);
    if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) return Io::again;
    const bool reset = error == SSL_ERROR_SYSCALL && errno == ECONNRESET;
    return reset ? Io::broken : Io::ended;
}

Io Channel::read(std::string& buffer) {
    ssize_t count = 0;
    Io io{};
    if (ssl_) {
        errno = 0;
        const int got = SSL_read(ssl_.get(), scratch, sizeof scratch);
        io = tls_result(got);
        count = got;
    } else {
        count = recv(fd_, scratch, sizeof scratch, 0);
        io = plain_result(count);
    }
    if (io == Io::moved) buffer.append(scratch, static_cast<std::size_t>(count));
    return io;
}

Io Channel::write(std::string_view bytes, std::size_t& count) {
    if (ssl_) {
        errno = 0;
        const auto some = static_cast<int>(std::min<std::size_t>(bytes.size(), 1u << 20));
        const int sent = SSL_write(ssl_.get(), bytes.data(), some);
        count = sent > 0 ? static_cast<std::size_t>(sent) : 0;
        return tls_result(sent);
    }
    const auto sent = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    count = sent > 0 ? static_cast<std::size_t>(sent) : 0;
    return plain_result(sent);
}

void Channel::reset() {
    const linger at_once{1, 0};
    setsockopt(fd_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close(fd_);
    fd_ = -1;
}

void Channel::finish() {
    if (ssl_) SSL_shutdown(ssl_.get());
    close(fd_);
    fd_ = -1;
}

SSL_CTX* tls_server(const std::string& certificate_file, const std::string& key_file) {
    SSL_CTX* const tls = SSL_CTX_new(TLS_server_method());
    SSL_CTX_set_mode(tls, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                              SSL_MODE_RELEASE_BUFFERS);
    const bool usable = SSL_CTX_use_certificate_chain_file(tls, certificate_file.c_str()) == 1 &&
                        SSL_CTX_use_PrivateKey_file(tls, key_file.c_str(), SSL_FILETYPE_PEM) == 1;
    if (usable) return tls;
    std::fprintf(stderr, "cannot use certificate %s with key %s: both must be PEM files\n",
                 certificate_file.c_str(), key_file.c_str());
    std::exit(2);
}

}  // namespace ogem::fake
