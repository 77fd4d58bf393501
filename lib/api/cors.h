// Which web pages may read our answers, and the headers that tell their browser so (contract
// section 6; behaviour.md 4.13 CORS, M-15). Pure.
#pragma once

#include "api/access.h"
#include "wire/http.h"

#include <string_view>

namespace ogem::api {

// With a server key: any origin, since a page without the key gets nowhere. Without one: pages of
// this machine (localhost, *.localhost, 127.0.0.0/8, [::1], any port), editors (vscode-webview:,
// app:, tauri:) and the configured origins. "*" and "null" never name an allowed origin without a
// key: either would let any page in.
bool is_allowed_origin(const AccessRules& rules, std::string_view origin);

// What to add to the answer of `request` (its headers). Empty if no origin is named or it is not
// allowed; the origin is echoed as it came, never "*".
wire::Headers cors_headers(const AccessRules& rules, const wire::Headers& request);

// What to add to the 200 that answers OPTIONS on any path. The methods and headers are there for
// everyone; the rest as cors_headers(). A page may send any header it asks for.
wire::Headers preflight_headers(const AccessRules& rules, const wire::Headers& request);

}  // namespace ogem::api
