// The id that follows one request through headers and log.
#pragma once

#include "wire/http.h"

#include <string>
#include <string_view>

namespace ogem::api {

// The client's x-request-id if it is fit for a header (visible ASCII, at most 128 characters), else
// a new one of 16 hexadecimal digits.
std::string request_id_of(const wire::Headers& headers);

}  // namespace ogem::api
