// HTTP/1.1 messages read from bytes as they come, strictly: what two readers could understand
// differently is refused (duplicate Content-Length, Content-Length beside Transfer-Encoding,
// obs-fold, bare LF, NUL; promises section B). Boost.Beast's parser is the judge of it; its headers
// stay in http1.cc. Plain heads do not trouble it (net/plain_head.h).
#pragma once

#include "base/result.h"
#include "wire/http.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace ogem::net {

struct MessageLimits {
    std::size_t max_header = 32 * 1024;    // start line and fields, bytes
    std::uint64_t max_body = 32ull << 20;  // bytes, decoded from chunks
};

// Reads one message after another of one connection. The bytes are the caller's buffer: feed() is
// given all that has not been consumed yet and says how much it took; the rest must come first in
// the next call.
class MessageReader {
public:
    enum class Side : unsigned char { request, response };

    explicit MessageReader(Side side, MessageLimits limits);
    ~MessageReader();
    MessageReader(MessageReader&&) noexcept;

    // Makes ready for the next message. `head_only`: the answer to a HEAD request has no body
    // whatever it says.
    void begin(bool head_only = false);

    // Reads from `bytes` (not const: decoded body bytes are moved together inside it). Stops after
    // the head, so that the caller can look at it, then after the body. Errors: invalid, with a
    // sentence; too_large, when the head
    // (`head_done()` false) or the body (true) is over its limit.
    Result<std::size_t> feed(char* bytes, std::size_t size);

    // Tells that the peer has closed. Errors: connection, if the message is not complete.
    Result<void> end_of_input();

    bool started() const;  // at least one byte of the message has been seen
    bool head_done() const;
    bool done() const;

    // What feed() decoded of the body in its last call: a view into the bytes it was given. Empty
    // after end_of_input(), which decodes nothing.
    std::string_view body() const;

    // After head_done().
    const std::string& method() const;
    const std::string& target() const;
    int status() const;
    wire::Headers& headers();
    bool keep_alive() const;
    bool old_http() const;  // HTTP/1.0
    bool expects_continue() const;
    std::optional<std::uint64_t> content_length() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace ogem::net
