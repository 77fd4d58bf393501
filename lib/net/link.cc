#include "net/link.h"

#include "net/tls.h"

#include <sys/uio.h>

#include <algorithm>

namespace ogem::net {

namespace {

// Several small pieces of plain text make one record of this size at most, bytes.
constexpr std::size_t kTlsJoin = 16 * 1024;

constexpr std::size_t kMostPieces = 8;  // of one write; more would wait for the next

// What to give to TLS next: all pieces in one, if they are small, else the first.
std::string_view next_record(std::span<const std::string_view> pieces, std::string& joined) {
    std::size_t size = 0;
    for (const auto piece : pieces) size += piece.size();
    if (size > kTlsJoin) return *std::ranges::find_if(pieces, [](auto p) { return !p.empty(); });
    joined.reserve(size);
    for (const auto piece : pieces) joined.append(piece);
    return joined;
}

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

IoResult Link::write(std::span<const std::string_view> pieces) {
    if (!tls_) {
        iovec vectors[kMostPieces];
        int count = 0;
        for (const auto piece : pieces.first(std::min(pieces.size(), kMostPieces)))
            if (!piece.empty()) vectors[count++] = {const_cast<char*>(piece.data()), piece.size()};
        return socket_.write(vectors, count);
    }
    std::string joined;
    const auto bytes = next_record(pieces, joined);
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
