// What every fallible call returns: a value, or a kind for control flow and a sentence for people.
// Exceptions of foreign libraries stop at the folder that is their home.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <string>
#include <utility>

namespace ogem {

// What a caller may do about a failure. Messages never decide control flow.
enum class Kind : std::uint8_t {
    invalid,       // the caller's input is wrong
    unauthorized,  // no or wrong credentials
    forbidden,     // known, but not allowed
    not_found,     // nothing of that name
    too_large,     // over a limit of size
    limited,       // over a limit of rate or quota: come back later
    unavailable,   // nobody can serve this now
    overloaded,    // we have no room for it now
    upstream,      // a provider answered, but not usefully
    connection,    // a provider could not be reached, or the connection broke
    tls,           // a provider could not prove who it is
    timeout,       // took too long
    cancelled,     // the asker has gone
    io,            // disk or operating system
    internal,      // our own mistake
};

struct Error {
    Kind kind = Kind::internal;
    std::string message;                      // one sentence: what happened, where, what to do
    int upstream_status = 0;                  // HTTP status of the provider, 0 if none came
    std::chrono::nanoseconds retry_after{0};  // 0: no hint
    std::string field = {};  // the request member that is wrong: "messages[3].role"; else empty
};

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(Kind kind, std::string message) {
    return std::unexpected(Error{kind, std::move(message), 0, {}});
}
inline std::unexpected<Error> fail(Error error) {
    return std::unexpected(std::move(error));
}

// Passes the failure of one result on as another's:  if (!r) return fail_as(r);
template <class T>
std::unexpected<Error> fail_as(Result<T>& result) {
    return std::unexpected(std::move(result.error()));
}

}  // namespace ogem
