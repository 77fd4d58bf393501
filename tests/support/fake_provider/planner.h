// From what was asked and how the script wants it answered to the Plan that does it.
#pragma once

#include "answers.h"
#include "plan.h"
#include "script.h"

#include <string>
#include <vector>

namespace ogem::fake {

// What a request asks for, as far as the answer depends on it.
struct Ask {
    Endpoint endpoint = Endpoint::unknown;
    std::string model;
    bool stream = false;
    bool usage = false;      // stream_options.include_usage
    bool base64 = false;     // encoding_format
    std::size_t inputs = 1;  // of an embeddings request
};

Plan plan_of(const Script& script, const Ask& ask);

// The two kinds of answer that plan_of() chooses from once no earlier fault took over.
Plan stream_plan(const Script& script, const Ask& ask);
Plan whole_plan(const Script& script, const Ask& ask);

// A complete answer of `status` with this body and nothing wrong with it.
Plan simple_plan(int status, std::string_view content_type, std::string_view body,
                 std::string_view more_headers = {});

// Puts head and framing around `payload`, as the script says; `open` leaves the body unfinished.
// `length` is what content-length promises where the body is framed by it.
struct Body {
    std::string_view content_type;
    Framing framing = Framing::length;
    std::size_t length = 0;
    bool open = false;
};
std::vector<Step> framed(const Script& script, std::vector<Step> payload, const Body& body);

Microseconds milliseconds_in(const Script& script, std::string_view word);  // 0 if it is not there

}  // namespace ogem::fake
