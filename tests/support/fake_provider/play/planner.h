// From what was asked and how the script wants it answered to the Plan that does it.
#pragma once

#include "play/plan.h"
#include "play/script.h"
#include "say/reply.h"
#include "say/score.h"
#include "say/talk.h"

#include <string>
#include <string_view>
#include <vector>

namespace ogem::fake {

// What a request asks for, as far as the answer depends on it.
struct Ask {
    Route route;
    const Voice* voice = nullptr;  // never null once a dialect has read the request
    std::string model;
    bool stream = false;
    bool usage = false;       // OpenAI's stream_options.include_usage
    bool base64 = false;      // OpenAI's encoding_format
    std::size_t inputs = 1;   // of an embeddings request
    std::size_t choices = 1;  // n, candidateCount
    bool echo = false;        // act on `talk` where no script says otherwise
    Talk talk;
    std::string token;  // Google's, to be handed out
    std::int64_t token_seconds = 0;
};

// What a scripted answer says.
constexpr std::string_view kGreeting =
    "Hello from the fake provider: \u00e9 \u4e16\u754c \U0001f642.";
// The fragments of a scripted tool call's arguments: they split words, escapes and numbers.
constexpr std::string_view kArguments[] = {R"({"ci)",          R"(ty":"Z\u0)",
                                           R"(0fcrich )",      "\u4e16\U0001f642",
                                           R"(","count":1)",   R"(2,"deep":{"list":[1,2.)",
                                           R"(5,null,true]}})"};

// The text of content event `index`, with characters of two to four bytes.
std::string event_text(std::size_t index);

Reply reply_of(const Script& script, const Ask& ask, bool streamed);
void say_echo(const Talk& talk, Reply& reply);

// Plan of a request that was understood. Instead of an answer there may be any fault.
Plan plan_of(const Script& script, const Ask& ask);

// The two kinds of answer that plan_of() chooses from once no earlier fault took over.
Plan stream_plan(const Script& script, const Ask& ask);
Plan whole_plan(const Script& script, const Ask& ask);

// A complete answer of `status` with this body and nothing wrong with it.
Plan simple_plan(int status, std::string_view content_type, std::string_view body,
                 std::string_view more_headers = {});

// A provider's refusal in its own words; noted in the log as `refused`.
Plan refusal_plan(const Voice& voice, const Route& route, const Trouble& trouble);

// The error that a script wants, as its provider says it.
Trouble trouble_of(const Script& script, int status, std::string_view message);

// Puts head and framing around `payload`, as the script says; `open` leaves the body unfinished.
// `length` is what content-length promises where the body is framed by it.
struct Body {
    std::string_view content_type;
    Framing framing = Framing::length;
    std::size_t length = 0;
    bool open = false;
    std::string_view headers;  // more of them
};
std::vector<Step> framed(const Script& script, std::vector<Step> payload, const Body& body);

Microseconds milliseconds_in(const Script& script, std::string_view word);  // 0 if it is not there

}  // namespace ogem::fake
