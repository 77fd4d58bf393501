// The head that nearly every message has, read in one pass: HTTP/1.1, whole in the buffer, every
// byte ordinary ASCII, a body of announced length or none. Anything else is left to the full parser
// of http1.cc, which is the judge: what is accepted here it would have read alike, and nothing is
// refused here. A tenth of the parser's instructions for the heads of a kept-alive chat.
#pragma once

#include "wire/http.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ogem::net {

// Header fields of one message after another; slots and their memory are used again.
struct FieldSlots {
    wire::Headers headers;
    std::size_t count = 0;

    void add(std::string_view name, std::string_view value) {
        if (count == headers.size()) headers.emplace_back();
        auto& [slot_name, slot_value] = headers[count++];
        slot_name.assign(name);
        slot_value.assign(value);
    }
    void close() { headers.resize(count); }
};

struct PlainHead {
    std::string_view method, target;  // of a request; views into the bytes
    int status = 0;                   // of a response
    std::optional<std::uint64_t> content_length;
    std::size_t size = 0;  // bytes, blank line included
};

// Nothing: the head is not whole, or not plain; `fields` then holds rubbish. Such a head means: no
// Transfer-Encoding, Connection (but keep-alive), Upgrade, Expect; Host and Content-Length at most
// once.
std::optional<PlainHead> read_plain_request(std::string_view bytes, FieldSlots& fields);
// Likewise, with a status of 200 or more that may have a body, and its length announced.
std::optional<PlainHead> read_plain_response(std::string_view bytes, FieldSlots& fields);

}  // namespace ogem::net
