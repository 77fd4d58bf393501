// Chat requests for tests: read whole or in parts, and the field of a refusal.
#pragma once

#include "base/text.h"
#include "wire/openai/chat_request.h"

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>
#include <string_view>

namespace ogem::test {

inline Result<chat::Request> try_read(std::string_view body) {
    int next = 0;
    const chat::NewId numbered = [&](std::string_view prefix) {
        return cat(prefix, "gen", next++);
    };
    return wire::openai::read_chat_request(body, numbered);
}

inline chat::Request read(std::string_view body) {
    auto request = try_read(body);
    if (!request) throw std::runtime_error(request.error().message);
    return *request;
}

// A request of one "Hi" and these other members.
inline chat::Request with(std::string_view members) {
    return read(cat(R"({"model":"m","messages":[{"role":"user","content":"Hi"}],)", members, '}'));
}

inline chat::Message message(std::string_view members) {
    return read(cat(R"({"messages":[{)", members, "}]}")).messages.at(0);
}

// The complaint about `members`; its beginning must be the path that it gives as field.
inline std::string refusal(std::string_view members) {
    auto request = try_read(cat(R"({"messages":[{"role":"user","content":"Hi"}],)", members, '}'));
    if (request) return "";
    CHECK(request.error().kind == Kind::invalid);
    CHECK(request.error().message.starts_with(cat(request.error().field, ": ")));
    return request.error().field;
}

inline std::string refused_message(std::string_view members) {
    return refusal(cat(R"("messages":[{)", members, "}]"));
}

inline std::string refused_part(std::string_view part) {
    return refused_message(cat(R"("role":"user","content":[)", part, ']'));
}

}  // namespace ogem::test
