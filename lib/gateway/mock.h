// The built-in provider `mock`: answers without a network, for people who test their own programs
// (contract section 4). Pure planning; whoever asks plays the plan back with timers.
//
//   echo          the last user text, or the prompt; for embeddings a vector that depends on the
//                 text only
//   lorem         x-mock-tokens tokens of filler, 64 if it is not given
//   tools         one call of the first function given, arguments made up from its schema; after a
//                 tool's result, that result as text, so that agents come to an end
//   error-STATUS  that status (400-599) with an error in OpenAI's shape
//
// Request headers shape the answer: x-mock-delay before its head, x-mock-ttft more before the first
// token (both "300ms", "2s", or a number of milliseconds), x-mock-tokens-per-second after it. A
// token is a word with the space before it; words are cut every 16 bytes.
#pragma once

#include "base/clock.h"
#include "wire/http.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::gateway {

enum class MockEndpoint : unsigned char { chat, completion, embedding };

struct MockCall {
    MockEndpoint endpoint = MockEndpoint::chat;
    std::string_view model;        // as the provider knows it: "echo"
    std::string_view shown_model;  // goes into the answer: what the client asked for
    std::string_view body;         // the client's JSON
    const wire::Headers& headers;  // the client's
    std::string_view id;  // unique per request: becomes part of "chatcmpl-..." and "call_..."
    std::int64_t unix_seconds = 0;
};

struct MockAnswer {
    struct Piece {
        Duration after{};   // to wait since the piece before, or since the request
        std::string bytes;  // of a stream: whole events
    };

    int status = 200;
    wire::Headers headers;      // content-type, and retry-after on 429 and 503
    std::vector<Piece> pieces;  // at least one; the head goes out with the first
    bool stream = false;        // text/event-stream, pieces up to "[DONE]"; else one piece
};

// Never fails: what is wrong with the call becomes a 400 or 404 that says so. An answer longer than
// 32 MiB is refused; a stream has at most about 20,000 pieces of text.
MockAnswer plan_mock(const MockCall& call);

}  // namespace ogem::gateway
