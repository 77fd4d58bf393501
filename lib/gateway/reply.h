// Where the answer to one request goes: the HTTP face of a dialect, or a string in tests.
// Order of calls:  reply()  |  fail()  |  begin_stream() write()... ( finish() | fail_midway() ).
// From begin_stream() on nobody else will be asked, and the request's body may be gone.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "base/task.h"
#include "route/attempts.h"
#include "wire/pieces.h"

#include <string>
#include <string_view>
#include <vector>

namespace ogem::gateway {

// What went wrong with a request, in terms that every dialect can say in its own words.
struct Failure {
    Error error;
    std::string type, code, param;  // the provider's words; empty: the dialect's own for the kind
    bool by_client = false;         // the request itself was wrong
    std::vector<route::Attempt> attempts;
};

class ReplySink {
public:
    virtual ~ReplySink() = default;

    // `fields` are complete header lines that tell the route; the dialect adds its own.
    virtual void reply(int status, std::string_view fields, std::string_view content_type,
                       const wire::Pieces& body) = 0;
    virtual void begin_stream(std::string_view fields) = 0;
    virtual void write(std::string_view bytes) = 0;
    virtual void finish(std::string_view last_bytes) = 0;

    virtual void fail(const Failure& failure, std::string_view fields) = 0;
    virtual void fail_midway(const Failure& failure) = 0;  // told in-band, then the body is cut

    virtual bool must_wait() const = 0;  // more is pending than a slow reader may have
    virtual Task<bool> drained(TimePoint deadline) = 0;

    // Whether the request goes on although its client leaves. Once it does, it may ask
    // client_gone().
    virtual void go_on_without_client(bool goes_on) = 0;
    virtual bool client_gone() const = 0;
};

}  // namespace ogem::gateway
