// Failures of Google's APIs: google.rpc.Status as an object or as the array that streams answer
// with (spec wire/gemini section 9, wire/ratelimits). Claude on Vertex meets them too.
#pragma once

#include "base/result.h"
#include "chat/failure.h"
#include "wire/http.h"

#include <string>
#include <string_view>

namespace ogem::wire::gemini {

// `body` is {"error":{"code","message","status",...}} or an array of such: Google said it, not the
// model behind it.
bool is_google_error(std::string_view body);

// What a failed answer means. `body` may be anything, also another dialect's error or a web page;
// `status` 0: the error came inside a stream and names its own. Status, reason, quota id and quota
// value decide, never the text, but for the sentence that tells a prompt longer than the window.
chat::Failure read_error(int status, const Headers& headers, std::string_view body);

// {"error":{"code":429,"message":"...","status":"RESOURCE_EXHAUSTED"}} for a client of ours, whose
// answer has the HTTP status `status`.
std::string error_body(int status, std::string_view message);

}  // namespace ogem::wire::gemini
