// Sending one request to a provider and reading its answer as it comes. Implemented by the
// connection pool (net/pool.h), by the curl lane (net/curl_lane.h) for providers behind an HTTP
// proxy, and by scripts in tests. Everything here belongs to one worker's loop.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "base/task.h"
#include "wire/http.h"
#include "wire/pieces.h"
#include "wire/url.h"

#include <memory>
#include <string>
#include <string_view>

namespace ogem::net {

struct UpstreamRequest {
    const wire::Url* url =
        nullptr;  // scheme, host, port; outlives the Transfer; its path is not used
    std::string credential_class;  // connections are only shared within one class
    std::string head;              // "POST /v1/... HTTP/1.1\r\n...": complete, blank line included
    wire::Pieces body;             // the asker's: they outlive the Transfer
};

struct Deadlines {
    Duration connect, first_byte, idle;  // idle: between two pieces of the body
    Duration keepalive;                  // how long the connection may wait for its next request
    TimePoint total = TimePoint::max();  // no wait lasts longer than this
};

// `headers` are the Transfer's and live until its next call.
struct ResponseHead {
    int status = 0;
    const wire::Headers* headers = nullptr;
};

// What went wrong, beside the Error: whether the provider may have been working (and charging)
// already.
enum class Sent : unsigned char { nothing, partly, everything };

// One request under way. Destroying it aborts it and closes its connection.
class Transfer {
public:
    virtual ~Transfer() = default;

    // Waits for the final (not 1xx) response head. Once.
    virtual Task<Result<ResponseHead>> head() = 0;

    // The next piece of the body, decoded from chunks; an empty piece is its proper end. The view
    // lives until the next call; json::kPadding readable bytes follow it. A body cut short is an
    // Error.
    virtual Task<Result<std::string_view>> read() = 0;

    // True once read() has given the last piece: nobody needs to ask for the empty one, and the
    // piece is still good.
    virtual bool ended() const { return false; }

    // The caller has what it wanted, although the body may not have ended: the connection is kept
    // if the rest comes soon. Only the destructor may follow.
    virtual void no_more_needed() {}

    virtual Sent sent() const = 0;
};

class Sender {
public:
    virtual ~Sender() = default;
    // REQUIRES: the Sender outlives the Transfer.
    virtual std::unique_ptr<Transfer> send(UpstreamRequest request, Deadlines deadlines) = 0;
};

}  // namespace ogem::net
