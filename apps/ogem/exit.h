// How a command ends: the one place where failures become exit codes (contract section 8) and words
// on standard error.
#pragma once

#include "base/result.h"
#include "wire/http.h"

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace ogem::cli {

enum class Exit : std::uint8_t {
    ok = 0,
    failure = 1,
    usage = 2,
    no_daemon = 3,
    denied = 4,
    config = 5,
    not_found = 6,
    limited = 7,
    upstream = 8,
    timeout = 9,
    unusable = 10,
    partial = 11,
    interrupted = 130,
    pipe = 141,
    terminated = 143,
};

// Why a command could not do what it was asked to.
struct Failure {
    Exit exit = Exit::failure;
    std::string message;     // a sentence; empty: say nothing (the reason is on the screen already)
    std::string error_json;  // the daemon's error object, raw; empty: the failure is our own
    std::string retry_after_ms;  // digits; empty: no hint
};

template <class T = void>
using Outcome = std::expected<T, Failure>;

inline std::unexpected<Failure> failed(Exit exit, std::string message) {
    return std::unexpected(Failure{exit, std::move(message), {}, {}});
}
template <class T>
std::unexpected<Failure> failed_as(Outcome<T>& outcome) {
    return std::unexpected(std::move(outcome.error()));
}

// A failure on this side of the socket.
std::unexpected<Failure> failed(const Error& error);

// What a status of the daemon (>= 400) with this answer means. `body` is its error object, or
// anything else, for which the status has to speak.
Failure failure_of(int status, const wire::Headers& headers, std::string_view body);

// The same for an error that came inside a stream: the answer is cut (promise 1).
Failure failure_of_stream(std::string_view error_json);

// What goes to standard error, newline included: "ogem: SENTENCE", or with `json` one object
// {"error":{"message","type","exit",...}} that holds all that the daemon said.
std::string report_of(const Failure& failure, bool json);

// The word for `exit` in JSON ("usage", "no_daemon"), and the table of `ogem help exit-codes`.
std::string_view name_of(Exit exit);
std::string exit_table();

}  // namespace ogem::cli
