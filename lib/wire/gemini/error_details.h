// The members of google.rpc.Status that decide what a failure means (google/rpc/status.proto,
// error_details.proto).
#pragma once

#include "base/clock.h"

#include <string>
#include <string_view>

namespace ogem::wire::gemini {

struct ErrorDetails {
    bool is_google = false;  // it has the form of google.rpc.Status
    int code = 0;            // HTTP status, as the body says it
    std::string message, status;
    std::string reason;          // of ErrorInfo: "API_KEY_INVALID"
    Duration retry_delay{0};     // of RetryInfo
    bool quota_is_gone = false;  // QuotaFailure: a day's quota, or one of 0
};

// `body` is an object with `error`, or an array that begins with one. Never fails.
ErrorDetails read_error_details(std::string_view body);

}  // namespace ogem::wire::gemini
