// HTTP/1.1 requests out of a buffer of bytes, and what an OpenAI request asks for. Lenient: what a
// proxy sends must be readable here even where it should not have been sent.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ogem::fake {

struct Request {
    std::string head;  // request line and headers as they came, blank line included
    std::string body;  // without its chunks

    std::string_view method() const;
    std::string_view target() const;
    std::string_view header(std::string_view name) const;  // the first of that name, or ""
};

enum class Took : unsigned char { nothing, head_expecting_100, whole, unreadable };

// Moves the first request out of `buffer` once all of it is there.  head_expecting_100: its body
// waits for "100 Continue".
Took take_request(std::string& buffer, Request& request);

// The raw text of a member of a JSON object's top level; nothing if it is not there. No validation.
std::optional<std::string_view> member_of(std::string_view json, std::string_view name);

}  // namespace ogem::fake
