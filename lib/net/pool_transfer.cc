#include "base/text.h"
#include "net/pool_parts.h"
#include "net/resolver.h"
#include "net/tls.h"

#include <algorithm>
#include <array>
#include <span>

namespace ogem::net {

namespace {

constexpr unsigned kReadsInARow = 64;

bool is_empty(std::span<const std::string_view> pieces) {
    return std::ranges::all_of(pieces, [](auto piece) { return piece.empty(); });
}

void consume(std::span<std::string_view> pieces, std::size_t bytes) {
    for (auto& piece : pieces) {
        const auto taken = std::min(bytes, piece.size());
        piece.remove_prefix(taken);
        bytes -= taken;
    }
}

}  // namespace

std::unexpected<Error> PoolTransfer::failed(Kind kind, std::string_view what) const {
    return fail(kind, cat(request_.url->host, ':', request_.url->port, ": ", what));
}

Task<Result<ResponseHead>> PoolTransfer::head() {
    connection_ = host_.take_idle();
    while (true) {
        const bool reused = connection_ != nullptr;
        if (!reused) {
            auto connected = co_await connect();
            if (!connected) co_return fail_as(connected);
        }
        auto sent = co_await send_request();
        if (sent) break;
        // Only a request of which nothing went out is sent again, and only because an idle
        // connection had died.
        if (!reused || sent_ != Sent::nothing) co_return fail_as(sent);
        connection_ = host_.take_idle();
    }
    auto got = co_await read_head();
    if (!got) co_return fail_as(got);
    auto& reader = connection_->reader;
    co_return ResponseHead{reader.status(), &reader.headers()};
}

Task<Result<void>> PoolTransfer::connect() {
    if (host_.open >= pool_.limits_.max_connections)
        co_return failed(Kind::unavailable, "as many connections as allowed are open already");
    const auto deadline = until(deadlines_.connect);
    auto socket = co_await connect_to_any(deadline);
    if (!socket) co_return fail_as(socket);
    connection_ =
        std::make_unique<Pool::Connection>(host_, Link(std::move(*socket)), pool_.limits_);
    if (!request_.url->tls) co_return Result<void>{};
    auto secured = co_await shake_hands(deadline);
    co_return secured;
}

// One address after the other; the time that is left is shared among those that are left.
Task<Result<Socket>> PoolTransfer::connect_to_any(TimePoint deadline) {
    auto addresses =
        co_await pool_.resolver_.resolve(pool_.loop_, request_.url->host, request_.url->port);
    if (!addresses) co_return fail_as(addresses);
    auto left = static_cast<long>(addresses->size());
    std::string last;
    bool timed_out = false;
    for (const auto& address : *addresses) {
        const auto until = pool_.loop_.now() + (deadline - pool_.loop_.now()) / left--;
        auto socket = start_connect(pool_.loop_, address.get(), address.size);
        if (!socket) {
            last = socket.error().message;
            continue;
        }
        timed_out = co_await until_writable(socket->watch(), until) == Wake::timeout;
        const int error = timed_out ? 0 : connect_error(*socket);
        if (!timed_out && error == 0) co_return std::move(*socket);
        last = timed_out ? "no answer to the connection attempt in time" : errno_text(error);
    }
    co_return failed(timed_out ? Kind::timeout : Kind::connection, last);
}

Task<Result<void>> PoolTransfer::shake_hands(TimePoint deadline) {
    auto& link = connection_->link;
    auto tls = pool_.tls_.open(link.watch().fd(), request_.url->host, request_.url->port);
    if (!tls) co_return failed(Kind::tls, tls.error().message);
    link.use_tls(std::move(*tls));
    while (true) {
        const auto progress = link.tls()->handshake();
        if (progress == TlsProgress::done) co_return Result<void>{};
        auto wake = Wake::ready;
        if (progress == TlsProgress::want_read) {
            link.watch().not_readable();
            wake = co_await until_readable(link.watch(), deadline);
        } else if (progress == TlsProgress::want_write) {
            link.watch().not_writable();
            wake = co_await until_writable(link.watch(), deadline);
        } else {
            co_return failed(Kind::tls, link.tls()->failure());
        }
        if (wake == Wake::timeout)
            co_return failed(Kind::timeout, "the TLS handshake did not end in time");
    }
}

Task<Result<void>> PoolTransfer::send_request() {
    auto& link = connection_->link;
    const auto& body = request_.body.parts;
    std::array<std::string_view, 4> left{request_.head, body[0], body[1], body[2]};
    const auto deadline = until(deadlines_.first_byte);
    while (!is_empty(left)) {
        const auto result = link.write(left);
        if (result.status == IoStatus::would_block) {
            if (co_await until_writable(link.watch(), deadline) == Wake::timeout)
                co_return failed(Kind::timeout, "the provider does not take the request");
            continue;
        }
        if (result.status != IoStatus::ok) co_return failed(Kind::connection, link.failure(result));
        consume(left, result.bytes);
        if (result.bytes > 0) sent_ = Sent::partly;
    }
    sent_ = Sent::everything;
    free_memory(request_.head);
    request_.body = {};
    co_return Result<void>{};
}

Task<Result<void>> PoolTransfer::read_head() {
    auto& reader = connection_->reader;
    const auto deadline = until(deadlines_.first_byte);
    reader.begin();
    while (true) {
        auto filled = co_await fill(deadline);
        if (!filled) co_return fail_as(filled);
        if (!reader.head_done()) continue;
        if (reader.status() >= 200) co_return Result<void>{};
        if (reader.status() == 101)
            co_return failed(Kind::upstream, "the provider switched protocols unasked");
        reader.begin();  // 100, 102, 103: the real head follows
    }
}

// One step of reading: feeds the reader with what it has not seen yet, else with one read of the
// socket. Returns after the head, or with body bytes, or at the end of the message; the caller
// looks which.
Task<Result<void>> PoolTransfer::fill(TimePoint deadline) {
    auto& link = connection_->link;
    auto& reader = connection_->reader;
    while (true) {
        if (!connection_->unseen && !link.watch().readable() &&
            co_await until_readable(link.watch(), deadline) == Wake::timeout)
            co_return failed(Kind::timeout, sent_ == Sent::everything && reader.head_done()
                                                ? "the answer stalled"
                                                : "no answer in time");
        const auto got = connection_->step();
        if (!got) co_return failed(Kind::upstream, got.error().message);
        if (got->status == IoStatus::would_block) continue;
        if (got->status == IoStatus::failed) co_return failed(Kind::connection, link.failure(*got));
        if (got->status == IoStatus::closed) {
            auto ended = reader.end_of_input();
            if (!ended) co_return failed(Kind::connection, ended.error().message);
        }
        co_return Result<void>{};
    }
}

// A provider that always has more to say does not keep the others from their turn.
Task<Result<std::string_view>> PoolTransfer::read() {
    if (++reads_ % kReadsInARow == 0) {
        Yield turn(pool_.loop_);
        co_await turn;
    }
    while (connection_) {
        auto& reader = connection_->reader;
        std::string_view piece;
        if (!reader.done()) {
            auto filled = co_await fill(until(deadlines_.idle));
            if (!filled) co_return fail_as(filled);
            piece = reader.body();
        }
        if (reader.done()) end();
        if (!piece.empty()) co_return piece;
    }
    co_return std::string_view{};
}

TimePoint PoolTransfer::until(Duration wait) const {
    return std::min(pool_.loop_.now() + wait, deadlines_.total);
}

void PoolTransfer::no_more_needed() {
    if (!connection_) return;
    if (connection_->reader.done()) return end();
    host_.settle(std::move(connection_), deadlines_.keepalive);
}

// The answer is whole: its connection may serve the next request, unless something says otherwise.
void PoolTransfer::end() {
    auto connection = std::move(connection_);
    if (connection->reader.keep_alive() && connection->unread.empty() && deadlines_.keepalive > 0s)
        host_.give_back(std::move(connection), deadlines_.keepalive);
}

}  // namespace ogem::net
