#include "api/compress.h"

#include "base/text.h"
#include "net/gzip.h"

#include <algorithm>
#include <cstddef>

namespace ogem::api {

namespace {

constexpr std::size_t kSmallest = 1024, kLargest = 256 * 1024;  // bytes; the largest takes 3 ms

// "gzip;q=0" and "gzip; q=0.00" say no.
bool is_ruled_out(std::string_view parameters) {
    const auto equals = parameters.find('=');
    if (equals == std::string_view::npos) return false;
    const auto weight = trim(parameters.substr(equals + 1));
    return weight.starts_with('0') && weight.find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

bool asks_for_gzip(const wire::Headers& headers) {
    const auto codings = split(wire::header(headers, "accept-encoding"), ',');
    return std::ranges::any_of(codings, [](std::string_view coding) {
        const auto name = trim(coding.substr(0, coding.find(';')));
        return equal_ignoring_case(name, "gzip") && !is_ruled_out(coding.substr(name.size()));
    });
}

wire::Pieces compressed(const wire::Pieces& body, const wire::Headers& request, std::string& fields,
                        std::string& room) {
    if (body.size() < kSmallest || body.size() > kLargest) return body;
    fields += "Vary: Accept-Encoding\r\n";
    if (!asks_for_gzip(request)) return body;
    room = net::gzip(body.text());
    fields += "Content-Encoding: gzip\r\n";
    return room;
}

}  // namespace ogem::api
