#include "net/connection.h"

#include "base/text.h"
#include "json/scan.h"
#include "json/writer.h"
#include "net/gzip.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <cassert>
#include <charconv>

namespace ogem::net {

namespace {

constexpr std::size_t kKeptBuffer = 16 * 1024;  // larger buffers are given back between requests
constexpr std::size_t kWorking = 4 * 1024;      // of a connection without its buffers, bytes

void reserve_padded(std::string& body, std::size_t size) {
    body.reserve(size + json::kPadding);
}

}  // namespace

Connection::Connection(Socket socket, Peer peer, const ServerLimits& limits, Handler handler)
    : socket_(std::move(socket)),
      peer_(peer),
      limits_(limits),
      handler_(handler),
      reader_(MessageReader::Side::request, limits.message),
      memory_(limits.memory) {
    memory_.set(kWorking);
    socket_.watch().on_writable = {[](void* self) { static_cast<Connection*>(self)->flush(); },
                                   this};
}

Task<> Connection::run() {
    while (!closing_ && !broken_) {
        if (!co_await read_request()) break;
        busy_ = true;
        const bool stayed = co_await answer_request();
        busy_ = false;
        if (!stayed || !keep_alive_) break;
    }
    if (!broken_) co_await linger();
}

// Reads up to the end of the next request. False: no more requests; refuse() has answered if there
// was one to refuse.
Task<bool> Connection::read_request() {
    reader_.begin();
    request_.body.clear();
    head_sent_ = head_request_ = old_http_ = false;  // of the request before
    auto deadline = loop().now() + limits_.idle_timeout, last = TimePoint::max();
    bool fresh = !unread_.empty();  // there are bytes that feed() has not seen
    while (!reader_.done()) {
        if (!fresh) {
            if (!socket_.watch().readable()) {
                if (co_await until_readable(socket_.watch(), deadline) == Wake::timeout) {
                    if (reader_.started())
                        refuse(408, "timeout_error", "request_timeout",
                               "the request did not arrive in time; send it again");
                    co_return false;
                }
            }
            if (closing_ && !reader_.started()) co_return false;
        }
        char* const bytes = fresh ? unread_.data() : unread_.front();
        auto size = unread_.size();
        if (!fresh) {
            const auto got = socket_.read(bytes + size, kScratchSize - size);
            if (got.status == IoStatus::would_block) continue;
            if (got.status != IoStatus::ok) {
                broken_ = got.status == IoStatus::failed;
                co_return false;
            }
            size += got.bytes;
        }
        fresh = false;
        const bool had_started = reader_.started();
        if (!take(reader_.feed(bytes, size), bytes, size)) co_return false;
        if (!had_started) {
            last = loop().now() + limits_.request_timeout;
            deadline = std::min(loop().now() + limits_.head_timeout, last);
        } else if (reader_.head_done()) {
            deadline = std::min(loop().now() + limits_.body_timeout, last);
        }
    }
    co_return true;
}

// Consumes what is in `bytes` as far as it belongs to this request; the rest is kept. False:
// refused.
bool Connection::take(Result<std::size_t> used, char* bytes, std::size_t size) {
    const char* const end = bytes + size;
    while (true) {
        if (!used) {
            const auto& error = used.error();
            if (error.kind == Kind::too_large && reader_.head_done()) {
                refuse(413, "invalid_request_error", "request_too_large", error.message);
            } else if (error.kind == Kind::too_large) {
                refuse(431, "invalid_request_error", "header_too_large", error.message);
            } else {
                refuse(400, "invalid_request_error", "bad_request", error.message);
            }
            return false;
        }
        bytes += *used;
        request_.body.append(reader_.body());
        const bool head_new = reader_.head_done() && request_.method.empty();
        if (head_new && !start_body(bytes == end)) return false;
        if (reader_.done() || (!head_new && bytes == end) || *used == 0) break;
        used = reader_.feed(bytes, static_cast<std::size_t>(end - bytes));
    }
    unread_.keep(bytes, static_cast<std::size_t>(end - bytes));
    count_memory();
    if (request_.body.size() <= kKeptBuffer || !memory_.is_short()) return true;
    refuse_overloaded();
    return false;
}

// The head is complete: what it says about the body and the connection. False: refused.
bool Connection::start_body(bool nothing_yet) {
    request_.method = reader_.method();
    request_.target = reader_.target();
    request_.headers.swap(reader_.headers());
    keep_alive_ = reader_.keep_alive();
    old_http_ = reader_.old_http();
    head_request_ = request_.method == "HEAD";
    if (reader_.done()) return true;
    if (memory_.is_short()) {
        refuse_overloaded();
        return false;
    }
    reserve_padded(request_.body, static_cast<std::size_t>(reader_.content_length().value_or(0)));
    if (reader_.expects_continue() && nothing_yet) send("HTTP/1.1 100 Continue\r\n\r\n", {}, {});
    return true;
}

// A body counts twice: one that comes in chunks moves to a larger place as it grows, and libcurl
// gets a copy of its own.
void Connection::count_memory() {
    memory_.set(kWorking + 2 * request_.body.size() + unread_.size() + pending_.capacity());
}

std::size_t Connection::may_pend() const {
    return memory_.is_short() ? std::min(limits_.max_pending, kKeptBuffer) : limits_.max_pending;
}

// A body that came compressed, undone: everything behind reads plain bytes.
Result<void> Connection::decode_body() {
    const auto coding = wire::header(request_.headers, "content-encoding");
    if (coding.empty() || equal_ignoring_case(coding, "identity")) return {};
    if (!equal_ignoring_case(coding, "gzip") && !equal_ignoring_case(coding, "x-gzip"))
        return fail(Kind::invalid, cat("Content-Encoding \"", coding,
                                       "\" is not understood; gzip and identity are"));
    auto plain = gunzip(request_.body, limits_.message.max_body);
    if (!plain) return fail_as(plain);
    request_.body = std::move(*plain);
    return {};
}

Task<bool> Connection::answer_request() {
    head_sent_ = chunked_ = immune_ = false;
    bool stayed = true;
    if (auto plain = decode_body(); !plain) {
        const auto& error = plain.error();
        const bool large = error.kind == Kind::too_large;
        refuse(large ? 413 : 400, "invalid_request_error",
               large ? "request_too_large" : "bad_request", error.message);
    } else if (count_memory(); request_.body.size() > kKeptBuffer && memory_.is_short()) {
        refuse_overloaded();  // unpacking it took what was left
    } else {
        reserve_padded(request_.body, request_.body.size());
        auto task = handler_.handle(handler_.self, *this);
        if (task) stayed = co_await UnlessGone(task, socket_.watch(), immune_);
    }
    free_memory(stream_head_);
    request_.method.clear();
    request_.target.clear();
    if (request_.body.capacity() > kKeptBuffer) free_memory(request_.body);
    request_.body.clear();
    count_memory();
    co_return stayed && !broken_ && head_sent_;
}

void Connection::forget_body() {
    free_memory(request_.body);
    count_memory();
}

// An answer to a request that cannot be handed to anybody; the connection ends with it.
void Connection::refuse(int status, std::string_view type, std::string_view code,
                        const std::string& message, std::string_view who, std::string_view fields) {
    std::string body = R"({"error":{"message":)";
    json::append_string(body, message);
    append(body, R"(,"type":")", type, R"(","param":null,"code":")", code, R"(","ogem":{"who":")",
           who, R"(","attempts":[]}}})");
    keep_alive_ = false;
    refused_ = true;
    reply(status, cat("Content-Type: application/json\r\n", fields), body);
}

// Contract section 3: overload is answered before the memory is used up.
void Connection::refuse_overloaded() {
    refuse(503, "service_unavailable_error", "overloaded",
           "ogemd holds as much for other requests as memory_limit lets it; send this one again in "
           "a moment",
           "ogem", "retry-after: 1\r\nretry-after-ms: 1000\r\n");
}

void Connection::append_head(std::string& out, int status, std::string_view fields) const {
    append(out, "HTTP/1.1 ", status, ' ', wire::reason_of(status), "\r\nDate: ", loop().http_date(),
           "\r\n", fields);
    if (!keeps_alive()) {
        out += "Connection: close\r\n";
    } else if (old_http_) {
        out += "Connection: keep-alive\r\n";
    }
}

void Connection::reply(int status, std::string_view fields, const wire::Pieces& body) {
    assert(!head_sent_);
    thread_local std::string head;
    head.clear();
    append_head(head, status, fields);
    if (status != 204 && status != 304) append(head, "Content-Length: ", body.size(), "\r\n");
    head += "\r\n";
    head_sent_ = true;
    send(head, head_request_ ? wire::Pieces{} : body, {});
    if (!keeps_alive()) keep_alive_ = false;
}

void Connection::begin_stream(int status, std::string_view fields) {
    assert(!head_sent_);
    chunked_ = !old_http_;
    if (old_http_) keep_alive_ = false;
    append_head(stream_head_, status, fields);
    if (chunked_) stream_head_ += "Transfer-Encoding: chunked\r\n";
    stream_head_ += "\r\n";
    head_sent_ = true;
}

void Connection::write(std::string_view bytes) {
    if (bytes.empty()) return;
    if (!chunked_) {
        send(stream_head_, bytes, {});
        return free_memory(stream_head_);
    }
    char size[20];
    auto end = std::to_chars(size, size + sizeof size - 2, bytes.size(), 16).ptr;
    *end++ = '\r';
    *end++ = '\n';
    const std::string_view chunk_head(size, static_cast<std::size_t>(end - size));
    if (stream_head_.empty()) return send(chunk_head, bytes, "\r\n");
    stream_head_ += chunk_head;
    send(stream_head_, bytes, "\r\n");
    free_memory(stream_head_);
}

void Connection::finish(std::string_view last_bytes) {
    if (!chunked_) {
        send(stream_head_, last_bytes, {});
    } else if (last_bytes.empty()) {
        send(stream_head_, "0\r\n\r\n", {});
    } else {
        char size[20];
        const auto end = std::to_chars(size, size + sizeof size, last_bytes.size(), 16).ptr;
        stream_head_.append(size, end);
        stream_head_ += "\r\n";
        send(stream_head_, last_bytes, "\r\n0\r\n\r\n");
    }
    stream_head_.clear();
    if (!keeps_alive()) keep_alive_ = false;
}

void Connection::cut() {
    if (!stream_head_.empty()) send(stream_head_, {}, {});
    stream_head_.clear();
    keep_alive_ = false;
    if (chunked_) return;  // the missing last chunk tells
    const struct linger reset { 1, 0 };
    if (pending_.size() == sent_)
        setsockopt(socket_.fd(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    broken_ = true;
}

Task<bool> Connection::drained(TimePoint deadline) {
    while (!broken_ && pending_.size() - sent_ > may_pend() / 2) {
        flushed_.clear();
        Timer timer(loop(), {[](void* self) { static_cast<Signal*>(self)->raise(); }, &flushed_});
        timer.arm(deadline);
        co_await flushed_.wait();
        if (loop().now() >= deadline) co_return false;
    }
    co_return !broken_ || immune_;
}

// Sends what the kernel takes now and keeps the rest.
void Connection::send(std::string_view head, const wire::Pieces& body, std::string_view tail) {
    if (broken_) return;
    const auto& [first, second, third] = body.parts;
    const std::string_view parts[] = {head, first, second, third, tail};
    std::size_t done = 0;
    if (pending_.empty()) {
        iovec pieces[std::size(parts)];
        int count = 0;
        for (const auto part : parts)
            if (!part.empty()) pieces[count++] = {const_cast<char*>(part.data()), part.size()};
        if (count == 0) return;
        const auto result = socket_.write(pieces, count);
        if (result.status == IoStatus::failed) {
            broken_ = true;
            return;
        }
        done = result.bytes;
    }
    for (const auto part : parts) {
        const auto skip = std::min(done, part.size());
        done -= skip;
        pending_ += part.substr(skip);
    }
    if (pending_.empty()) return;
    socket_.watch().not_writable();
    count_memory();
}

void Connection::flush() {
    if (pending_.empty()) return;
    const auto result = socket_.write(std::string_view(pending_).substr(sent_));
    if (result.status == IoStatus::failed) {
        broken_ = true;
        free_memory(pending_);
        sent_ = 0;
    } else {
        sent_ += result.bytes;
        if (sent_ == pending_.size()) {
            pending_.clear();
            sent_ = 0;
            if (pending_.capacity() > kKeptBuffer) free_memory(pending_);
        } else if (sent_ > pending_.size() / 2) {
            pending_.erase(0, sent_);
            sent_ = 0;
        }
    }
    count_memory();
    flushed_.raise();
}

// Lets the last answer reach the client: closing at once with bytes of his unread would make the
// kernel reset the connection and take our answer with it.
Task<> Connection::linger() {
    const auto deadline = loop().now() + 5s;
    while (!broken_ && !pending_.empty()) {
        flushed_.clear();
        Timer timer(loop(), {[](void* self) { static_cast<Signal*>(self)->raise(); }, &flushed_});
        timer.arm(deadline);
        co_await flushed_.wait();
        if (loop().now() >= deadline) co_return;
    }
    if (!refused_ || broken_) co_return;
    socket_.shut_down_writing();
    const auto until = loop().now() + 1s;
    for (std::size_t dropped = 0; dropped < (4u << 20);) {
        const auto got = socket_.read(scratch(), kScratchSize);
        if (got.status == IoStatus::ok) {
            dropped += got.bytes;
        } else if (got.status != IoStatus::would_block ||
                   co_await until_readable(socket_.watch(), until) == Wake::timeout) {
            co_return;
        }
    }
}

}  // namespace ogem::net
