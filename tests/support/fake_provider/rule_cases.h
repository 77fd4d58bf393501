// How the tests of validators are written: each rule has a request that it takes and one that it
// refuses, both as patches (RFC 7386) of a request that is fine.
#pragma once

#include "base/text.h"
#include "provider.h"

#include <doctest/doctest.h>

#include <string>

namespace ogem::fake {

struct Rule {
    const char* name;
    const char* fine;   // a patch that is taken
    const char* wrong;  // a patch that is refused
    const char* words;  // in the refusal
};

inline Request request_with(std::string_view line, std::string_view headers, std::string body) {
    return {cat(line, " HTTP/1.1\r\ncontent-type: application/json\r\n", headers, "\r\n"),
            std::move(body)};
}

inline std::string patched(const char* base, const char* patch) {
    auto body = json::Value::parse(base);
    body.merge_patch(json::Value::parse(patch));
    return body.dump();
}

// What the provider finds wrong with a body; empty: nothing.
inline std::string refusal_of(std::string_view path, std::string_view headers, std::string body) {
    Provider provider(false);
    return provider.answer(request_with(cat("POST ", path), headers, std::move(body)))->refused;
}

template <std::size_t N>
void check_rules(std::string_view path, std::string_view headers, const char* base,
                 const Rule (&rules)[N]) {
    for (const auto& rule : rules) {
        CAPTURE(rule.name);
        CHECK(refusal_of(path, headers, patched(base, rule.fine)) == "");
        const auto refusal = refusal_of(path, headers, patched(base, rule.wrong));
        CAPTURE(refusal);
        CHECK(refusal.find(rule.words) != std::string::npos);
    }
}

// The bytes of a whole answer or stream.
inline std::string answer_of(std::string_view path, std::string_view headers, std::string body) {
    Provider provider(false);
    const auto plan = provider.answer(request_with(cat("POST ", path), headers, std::move(body)));
    std::string out;
    for (const auto& step : plan->steps)
        for (std::uint32_t i = 0; i < step.repeat; ++i) out += step.bytes;
    return out;
}

}  // namespace ogem::fake
