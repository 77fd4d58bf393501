// What a provider's failure means, whatever its dialect: the words for the client, and what may be
// done about it. Made by wire/<dialect>, obeyed by route and gateway.
#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <cstdint>
#include <string>

namespace ogem::chat {

// Whom it makes sense to ask again (spec: the provider tables of wire/ratelimits).
enum class Retry : std::uint8_t {
    never,         // the request itself is wrong
    once,          // here or elsewhere, as after a broken connection
    after_hint,    // here, once error.retry_after has passed
    other_first,   // another region or provider before this one
    other_only,    // this credential is of no use for `disable_for`
    refresh_once,  // here, with a fresh token
    without_knob,  // here, without the member that `knob` names
};

struct Failure {
    Error error;                    // message: the provider's own words
    std::string type, code, param;  // in OpenAI's words; empty: what api/error.h says for the kind
    Retry retry = Retry::once;
    bool maybe_charged = false;  // the provider may have worked before it failed
    Duration disable_for{0};     // Retry::other_only
    std::string knob;            // Retry::without_knob: "prefill", "temperature"
};

}  // namespace ogem::chat
