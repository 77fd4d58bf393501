// Reads one HTTP/1.1 response of our own daemon from bytes cut anywhere. No I/O.
//
// Strict, because a gap must not pass for an end: the body has a length or chunks, and only the
// announced end makes a response complete (promise 1).
#pragma once

#include "base/result.h"
#include "wire/http.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ogem::client {

class ResponseReader {
public:
    // `to_head`: the request was HEAD, so there is no body whatever the head says.
    explicit ResponseReader(bool to_head = false) : to_head_(to_head) {}

    // Takes `bytes`; what they hold of the body is appended to `body`. Interim responses (1xx) are
    // skipped. Errors: upstream, if the daemon does not speak HTTP/1.1 as it should, or goes on
    // after the end.
    Result<void> feed(std::string_view bytes, std::string& body);

    // The daemon has closed. Errors: connection, if the response is not complete; unavailable, if
    // it has not even begun.
    Result<void> finish() const;

    bool has_head() const { return state_ != State::head; }
    bool complete() const { return state_ == State::complete; }

    int status() const { return status_; }  // REQUIRES: has_head()
    const wire::Headers& headers() const { return headers_; }

private:
    enum class State : std::uint8_t {
        head,
        sized,
        chunk_size,
        chunk,
        chunk_end,
        trailer,
        complete
    };

    Result<void> take_line(std::string_view line);
    Result<void> take_head_line(std::string_view line);
    Result<void> begin_body();
    Result<void> take_chunk_size(std::string_view line);
    void take_body(std::string_view& bytes, std::string& body);
    bool wants_line() const;

    bool to_head_;
    State state_ = State::head;
    int status_ = 0;
    wire::Headers headers_;
    std::string line_;            // of an unfinished line
    std::size_t head_bytes_ = 0;  // of head and trailers so far
    std::uint64_t left_ = 0;      // bytes of this body or chunk still to come
};

}  // namespace ogem::client
