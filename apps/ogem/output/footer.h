// What is known about one answer beside its text: the line under it, and the `ogem` member of its
// JSON. No I/O.
#pragma once

#include "base/clock.h"
#include "json/value.h"
#include "wire/http.h"

#include <cstdint>
#include <optional>
#include <string>

namespace ogem::cli {

struct About {
    std::string route;                        // provider/region/model that answered; empty: unknown
    std::string attempts, cache, request_id;  // response headers as they came
    std::optional<Duration> first_token;      // of a stream
    Duration total{};
    std::optional<std::int64_t> tokens_in, tokens_out;
};

// Takes the route and its company from the headers of an answer.
About about_of(const wire::Headers& headers);

// Takes the tokens from an OpenAI `usage` object; leaves them unknown if it is not one.
void take_usage(About& about, const json::Value& usage);

// "vertex/us-central1/gemini-1.5-pro  412 ms to first token, 0.9 s  18+24 tok"
std::string footer_of(const About& about);

// {"route","tried":[{"route","error","ms"}],"cache","ttft_ms","total_ms","request_id"}; what is not
// known is null. `tried` are the failed attempts before the one that answered.
json::Value ogem_member(const About& about);

}  // namespace ogem::cli
