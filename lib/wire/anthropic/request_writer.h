// A chat request as a call of Anthropic's Messages API, on api.anthropic.com (`claude`) or on
// Google Cloud (`vclaude`). Tables: translate.md section 1, anthropic.md sections 0-2,
// vertex-auth.md section 6.
//
// Both keep `request` as it is. Errors: invalid, with the path of the member first: content that
// Claude cannot take, an http(s) URL where place.can.url_sources is false (whoever calls puts data:
// URLs in its place), n above kMostCopies.
#pragma once

#include "base/result.h"
#include "chat/request.h"
#include "wire/dialect.h"

namespace ogem::wire::anthropic {

constexpr int kMostCopies = 8;

// Told at the end of the system text for response_format json_object.
constexpr std::string_view kJsonHint = "Reply with one valid JSON object and nothing else.";

// POST /v1/messages. The caller adds x-api-key.
Result<Call> write_request(const chat::Request& request, const Place& place);

// POST .../publishers/anthropic/models/NAME:rawPredict, or :streamRawPredict. The caller adds
// Authorization; the host is google_host() of location_of(place.model, place.region). Further
// errors: invalid: a name or a region that does not fit into a URL.
Result<Call> write_vertex_request(const chat::Request& request, const Place& place);

}  // namespace ogem::wire::anthropic
