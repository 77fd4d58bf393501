// All that the fake knows of one dialect: to find fault with a request, to understand it, to
// answer.
#pragma once

#include "google/tokens.h"
#include "play/planner.h"

#include <optional>

namespace ogem::fake {

// A refusal by whoever noticed: on Vertex, Google's front door or the model behind it.
struct Refusal {
    Trouble trouble;
    const Voice* voice;
};

struct Speech {
    const Voice* voice;
    // `body` is null where the request has none, or none that is JSON. Nothing: it is fine.
    std::optional<Refusal> (*refusal)(const Request& request, const Route& route,
                                      const json::Value& body, const google::Tokens& tokens);
    // Fills in what the answer depends on; the request was not refused.
    void (*understand)(const json::Value& body, Ask& ask);
};

const Speech& speech_of(Dialect dialect);

}  // namespace ogem::fake
