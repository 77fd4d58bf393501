// Who a request to a provider comes from, as header lines.
#pragma once

#include "base/secret.h"

#include <cstdint>
#include <utility>

namespace ogem::auth {

class Authorization {
public:
    // `lines`: complete header lines, each with its CRLF.
    Authorization(Secret lines, std::uint64_t serial) : lines_(std::move(lines)), serial_(serial) {}

    // "Authorization: Bearer ya29...\r\nx-goog-user-project: p\r\n", for the head of one request.
    const Secret& lines() const { return lines_; }

    // Which of its source's tokens this is, counted from 1; 0 of a key that never changes.
    std::uint64_t serial() const { return serial_; }

private:
    Secret lines_;
    std::uint64_t serial_;
};

}  // namespace ogem::auth
