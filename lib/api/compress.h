// Whole answers made smaller for clients that ask for it (contract section 6). Streams never are:
// each event must leave at once. Any thread.
#pragma once

#include "wire/http.h"
#include "wire/pieces.h"

#include <string>
#include <string_view>

namespace ogem::api {

// True if the client's Accept-Encoding lists gzip and does not rule it out with q=0.
bool asks_for_gzip(const wire::Headers& headers);

// The body to send in place of `body`: `body` itself, or what was put into `room`. Header lines
// that tell which are appended to `fields`. Small bodies would not get smaller, and large ones
// would hold up the other requests of the worker: both stay as they are.
wire::Pieces compressed(const wire::Pieces& body, const wire::Headers& request, std::string& fields,
                        std::string& room);

}  // namespace ogem::api
