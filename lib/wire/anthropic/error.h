// What failures of Claude mean, on api.anthropic.com and on Google Cloud (anthropic.md section 5,
// ratelimits.md section 3; https://platform.claude.com/docs/en/api/errors, read 2026-11).
#pragma once

#include "chat/failure.h"
#include "wire/http.h"

#include <string_view>

namespace ogem::wire::anthropic {

// An answer with a status of 400 or more, in whatever shape: Anthropic's error object, Google's
// status, a web page. `details.error_code` decides before the status; the text decides only where
// nothing else can: a spend limit or a prompt that is too long, both told as plain 400, and a knob
// that the model refuses.
//
// Knobs (Retry::without_knob) are those of do_without() in wire/capabilities.h.
chat::Failure read_error(int status, const Headers& headers, std::string_view body);

// The data of an `error` event in a stream, or of Google's in its place. `spoken`: something of the
// answer came before, which has been charged.
chat::Failure read_stream_error(std::string_view data, bool spoken);

}  // namespace ogem::wire::anthropic
