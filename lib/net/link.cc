#include "net/link.h"

#include "net/tls.h"

#include <sys/uio.h>

namespace ogem::net {

namespace {

// Several small pieces of plain text make one record of this size at most, bytes.
constexpr std::size_t kTlsJoin = 16 * 1024;

}  // namespace

Link::Link(Socket socket) : socket_(std::move(socket)) {}
Link::~Link() = default;
Link::Link(Link&&) noexcept = default;
Link& Link::operator=(Link&&) noexcept = default;

void Link::use_tls(std::unique_ptr<TlsStream> tls) {
    tls_ = std::move(tls);
}

IoResult Link::read(char* into, std::size_t size) {
    if (!tls_) return socket_.read(into, size);
    std::size_t bytes = 0;
    switch (tls_->read(into, size, bytes)) {
        case TlsProgress::done:
            return {IoStatus::ok, bytes, 0};
        case TlsProgress::closed:
            return {IoStatus::closed, 0, 0};
        case TlsProgress::failed:
            return {IoStatus::failed, 0, 0};
        case TlsProgress::want_read:
        case TlsProgress::want_write:
            break;
    }
    watch().not_readable();
    return {IoStatus::would_block, 0, 0};
}

IoResult Link::write(std::string_view head, std::string_view body) {
    if (!tls_) {
        const iovec pieces[2] = {{const_cast<char*>(head.data()), head.size()},
                                 {const_cast<char*>(body.data()), body.size()}};
        return head.empty() ? socket_.write(pieces + 1, 1)
                            : socket_.write(pieces, body.empty() ? 1 : 2);
    }
    std::string joined;
    std::string_view bytes = head.empty() ? body : head;
    if (!head.empty() && !body.empty() && head.size() + body.size() <= kTlsJoin) {
        joined.reserve(head.size() + body.size());
        joined.append(head).append(body);
        bytes = joined;
    }
    std::size_t taken = 0;
    switch (tls_->write(bytes.data(), bytes.size(), taken)) {
        case TlsProgress::done:
            return {IoStatus::ok, taken, 0};
        case TlsProgress::closed:
        case TlsProgress::failed:
            return {IoStatus::failed, 0, 0};
        case TlsProgress::want_read:
        case TlsProgress::want_write:
            break;
    }
    watch().not_writable();
    return {IoStatus::would_block, 0, 0};
}

std::string Link::failure(const IoResult& result) const {
    return tls_ ? tls_->failure() : errno_text(result.error);
}

}  // namespace ogem::net
