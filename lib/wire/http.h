// HTTP messages as plain structs, for code that has no sockets.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ogem::wire {

using Header = std::pair<std::string, std::string>;
using Headers = std::vector<Header>;

// The value of the first header called `name` (any case), or "".
std::string_view header(const Headers& headers, std::string_view name);

struct HttpRequest {
    std::string method;
    std::string target;  // "/v1/models?vendor=x"
    Headers headers;
    std::string body;
};

struct HttpResponse {
    int status = 0;
    Headers headers;
    std::string body;
};

// "Not Found" of 404 (RFC 9110 section 15); "Unknown" of a status nobody has named.
std::string_view reason_of(int status);

}  // namespace ogem::wire
